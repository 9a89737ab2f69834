// Measures pictures inside the page: what leaves the stage, labels that touch, labels with letters. The function is
// sent to the browser as source, so it may use nothing from outside itself.

// samples: [{t, svg}]; inside: the box everything must stay in.
export function measure({samples, inside}) {
  const main = document.querySelector('main');
  const visible = (element) => {
    let opacity = 1;
    for (let at = element; at !== main; at = at.parentNode) opacity *= Number(at.getAttribute('opacity') ?? 1);
    return opacity > 0.05;
  };
  const boxOf = (element) => {
    const {x, y, width, height} = element.getBBox();
    const size = Number(element.getAttribute('font-size'));
    const baseline = Number(element.getAttribute('y'));
    const [top, bottom] = size ? [baseline - 0.73 * size, baseline + 0.01 * size] : [y, y + height];
    const corners = [
      [x, top],
      [x + width, top],
      [x, bottom],
      [x + width, bottom],
    ].map(([cx, cy]) => new DOMPoint(cx, cy).matrixTransform(element.getCTM()));
    const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
    return {left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys)};
  };
  const outside = (box) =>
    box.left < inside.left || box.right > inside.right || box.top < inside.top || box.bottom > inside.bottom;
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  return samples.flatMap(({t, svg}) => {
    main.innerHTML = svg;
    const seen = [...main.querySelectorAll('svg *:not(g):not(.ground)')]
      .filter(visible)
      .map((element) => ({element, box: boxOf(element)}));
    const labels = seen.filter(({element}) => element.tagName === 'text');
    return [
      ...seen
        .filter(({box}) => outside(box))
        .map(({element}) => `${t} s: off the stage: ${element.outerHTML.slice(0, 110)}`),
      ...labels
        .filter(({element}) => /\p{L}/u.test(element.textContent))
        .map(({element}) => `${t} s: words: ${element.textContent}`),
      ...labels.flatMap((a, index) =>
        labels
          .slice(index + 1)
          .filter((b) => overlap(a.box, b.box))
          .map((b) => `${t} s: "${a.element.textContent}" over "${b.element.textContent}"`),
      ),
    ];
  });
}
