// The look every video shares: frame, stage and colours. Coordinates are pixels of a 1280 × 720 frame.
//
// A browser lays captions over the bottom of a video, so pictures stay on the white stage and the band below it stays
// empty; what matters stays within `inside`, because the controls of a paused video lift the captions. Blue, orange and
// green differ in lightness as well as hue, and no meaning hangs on colour alone. `text` is the shade of a colour that
// reads on white (contrast at least 4.5 : 1).

export const frame = {width: 1280, height: 720};
export const stage = {x: 36, y: 28, width: 1208, height: 552, radius: 26};
export const inside = {left: 50, right: 1230, top: 42, bottom: 546};
export const font = {family: 'Andika', file: '@fontsource/andika/files/andika-latin-700-normal.woff2'};

export const paper = '#f3efe6';
export const white = '#ffffff';
export const ink = '#22313f';
export const soft = '#7d8a96';
export const faint = '#e4e1da';
export const blue = {fill: '#5ba7de', text: '#1b66a3', tint: '#d6e8f7'};
export const orange = {fill: '#f4ae3d', text: '#a65a00', tint: '#fdebcb'};
export const green = {fill: '#3fae86', text: '#12724f', tint: '#d3efe3'};
export const red = '#dd6f55';
