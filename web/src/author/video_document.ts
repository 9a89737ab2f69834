// A video as its author writes it (docs/CONTENT.md). Files are named as the server stored them.
import type { Localised } from "./item_document";

export interface VideoDocument {
  id: string;
  topic: string;
  title: Localised;
  seconds: number;
  media: { file: string; mime: string }[];
  poster: string;
  captions: { nl: string; en: string };
  chapters: { at_s: number; title: Localised }[];
  author: string;
  licence: string;
  [other: string]: unknown;
}

export function new_video(topic: string, author: string): VideoDocument {
  return {
    id: "",
    topic,
    title: { nl: "", en: "" },
    seconds: 0,
    media: [],
    poster: "",
    captions: { nl: "", en: "" },
    chapters: [{ at_s: 0, title: { nl: "Begin", en: "Start" } }],
    author,
    licence: "CC-BY-4.0",
  };
}

export function read_video(text: string): VideoDocument | null {
  try {
    const video = JSON.parse(text);
    return typeof video?.id === "string" && Array.isArray(video.media)
      ? { chapters: [], author: "", licence: "", ...video }
      : null;
  } catch {
    return null;
  }
}

export function written_video(video: VideoDocument): string {
  const chapters = [...video.chapters].sort((a, b) => a.at_s - b.at_s);
  return `${JSON.stringify({ ...video, chapters }, null, 2)}\n`;
}

// Uploads are named by their content; the files of a bank lie beside its video.json.
export function media_url(video: VideoDocument, file: string): string {
  return /^[0-9a-f]{64}\./.test(file) ? `/media/${file}` : `/media/videos/${video.id}/${file}`;
}

// A caption file begins with WEBVTT and has at least one cue.
export function is_vtt(text: string): boolean {
  return /^\uFEFF?WEBVTT/.test(text) && /\d\d:\d\d\.\d{3}\s+-->\s+(\d\d:)?\d\d:\d\d\.\d{3}/.test(text);
}

// "1:20" or "80" → 80; NaN when it is neither.
export function seconds_of(text: string): number {
  const parts = text
    .trim()
    .split(":")
    .map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  return parts.length > 2 ? Number.NaN : parts.reduce((total, part) => total * 60 + part, 0);
}
