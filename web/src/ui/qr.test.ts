import { expect, test } from "vitest";
import { squares } from "./qr";

test("an address becomes squares with the three corners that a camera looks for", () => {
  const { path, size } = squares("otpauth://totp/Trede:juf?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Trede");
  expect(size).toBeGreaterThan(25);
  for (const [column, row] of [[0, 0], [size - 7, 0], [0, size - 7]]) expect(path).toContain(`M${column} ${row}h1`);
  expect(path).not.toContain(`M${size - 1} ${size - 1}h1v1h-1zM${size}`);
});
