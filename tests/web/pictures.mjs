// The pictures of docs/fr, made where the journey passes: kept only where GUIDE_PICTURES names a folder.
import { join } from 'node:path';

const FOLDER = process.env.GUIDE_PICTURES;

export async function picture(page, name, { of = true } = {}) {
  if (!FOLDER || !of) return;
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'hide' });
}
