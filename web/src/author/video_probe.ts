// Looks into a video file in the browser: how long it is, and a still for its poster.
export interface Probe {
  seconds: number;
  poster: Blob | null;
}

const POSTER_WIDTH = 640;

// null: this browser cannot play the file.
export async function probe_video(file: Blob): Promise<Probe | null> {
  const url = URL.createObjectURL(file);
  try {
    const video = document.createElement("video");
    video.muted = true;
    video.preload = "auto";
    video.src = url;
    await happened(video, "loadeddata");
    const seconds = Math.round(video.duration * 10) / 10;
    video.currentTime = Math.min(2, video.duration / 3);
    await happened(video, "seeked");
    return { seconds, poster: await still(video) };
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function happened(video: HTMLVideoElement, event: "loadeddata" | "seeked"): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener("error", () => reject(new Error("unplayable")), { once: true });
  });
}

function still(video: HTMLVideoElement): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = POSTER_WIDTH;
  canvas.height = Math.round((POSTER_WIDTH * video.videoHeight) / video.videoWidth);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
