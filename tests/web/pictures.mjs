// The pictures of docs/fr, made where the journey passes: kept only where GUIDE_PICTURES names a folder.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = process.env.GUIDE_PICTURES;
const WIDE = { width: 1024, height: 680 };
const QUALITY = 55; // of webp: texts stay sharp, and no picture is above 60 KiB

export async function picture(page, name, { of = true } = {}) {
  if (!FOLDER || !of) return;
  const before = page.viewportSize();
  if (before.width > WIDE.width) await page.setViewportSize(WIDE);
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await devtools.detach();
  await writeFile(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'));
  await page.setViewportSize(before);
}
