// SVG as strings. What cannot be seen is not written, so equal pictures are equal strings.

const round = (value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value);

export function element(name, attributes, ...children) {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => ` ${key.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase())}="${round(value)}"`)
    .join('');
  const inner = children.flat(Infinity).join('');
  return inner ? `<${name}${written}>${inner}</${name}>` : `<${name}${written}/>`;
}

export const rectangle = (x, y, width, height, style) =>
  width > 0 && height > 0 ? element('rect', {x, y, width, height, ...style}) : '';
export const disc = (cx, cy, r, style) => (r > 0 ? element('circle', {cx, cy, r, ...style}) : '');
export const oval = (cx, cy, rx, ry, style) => element('ellipse', {cx, cy, rx, ry, ...style});
export const stroke = (x1, y1, x2, y2, style) => element('line', {x1, y1, x2, y2, strokeLinecap: 'round', ...style});
export const outline = (d, style) =>
  element('path', {d, fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round', ...style});
export const area = (d, style) => element('path', {d, ...style});

// A group, moved, scaled around its own origin and faded.
export function group({x = 0, y = 0, scale = 1, opacity = 1}, ...children) {
  const inner = children.flat(Infinity).join('');
  if (opacity < 0.02 || scale < 0.02 || !inner) return '';
  const moved = x || y ? `translate(${round(x)} ${round(y)})` : '';
  const scaled = scale === 1 ? '' : `scale(${Math.round(scale * 1000) / 1000})`;
  const transform = [moved, scaled].filter(Boolean).join(' ') || undefined;
  if (!transform && opacity > 0.98) return inner;
  return element('g', {transform, opacity: opacity > 0.98 ? undefined : opacity}, inner);
}

export const faded = (opacity, ...children) => group({opacity}, ...children);
