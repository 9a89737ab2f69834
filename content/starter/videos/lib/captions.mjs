// What is written beside a video from its script: captions in WebVTT and video.json (see docs/CONTENT.md).

export const languages = ['nl', 'en'];
export const lineLength = 42;

// Breaks a caption into one line, or two of about the same length.
export function lines(text) {
  if (text.length <= lineLength) return [text];
  const words = text.split(' ');
  const breaks = words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1), words.slice(index + 1)])
    .map((parts) => parts.map((part) => part.join(' ')));
  const unevenness = ([first, second]) => Math.abs(first.length - second.length) + (/[.,:?!]$/.test(first) ? -8 : 0);
  return breaks.reduce((best, next) => (unevenness(next) < unevenness(best) ? next : best));
}

function stamp(seconds) {
  const milliseconds = Math.round(seconds * 1000);
  const [minutes, rest] = [Math.floor(milliseconds / 60_000), milliseconds % 60_000];
  return `${String(minutes).padStart(2, '0')}:${(rest / 1000).toFixed(3).padStart(6, '0')}`;
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function webvtt(scene, language) {
  const cues = scene.captions.map(
    ({from, to, text}) => `${stamp(from)} --> ${stamp(to)}\n${lines(text[language]).map(escaped).join('\n')}\n`,
  );
  return ['WEBVTT\n', ...cues].join('\n');
}

export const description = (scene) =>
  JSON.stringify(
    {
      id: scene.id,
      topic: scene.topic,
      title: scene.title,
      seconds: scene.seconds,
      media: [
        {file: 'video.webm', mime: 'video/webm'},
        {file: 'video.mp4', mime: 'video/mp4'},
      ],
      poster: 'poster.png',
      captions: {nl: 'captions.nl.vtt', en: 'captions.en.vtt'},
      chapters: scene.chapters.map(({at, title}) => ({at_s: at, title})),
      author: 'Trede',
      licence: 'CC-BY-4.0',
    },
    null,
    2,
  ) + '\n';

// Every text file that belongs to a scene, by name.
export const texts = (scene) => ({
  'video.json': description(scene),
  ...Object.fromEntries(languages.map((language) => [`captions.${language}.vtt`, webvtt(scene, language)])),
});
