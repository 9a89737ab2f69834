// A text as the squares that a camera reads, for an SVG of size × size.
import qrcode from "qrcode-generator";

export function squares(text: string): { path: string; size: number } {
  const code = qrcode(0, "M"); // as large as the text needs
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; ++row)
    for (let column = 0; column < size; ++column) if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
  return { path, size };
}
