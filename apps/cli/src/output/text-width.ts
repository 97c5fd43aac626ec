const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What terminals draw two cells wide. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

const widthOf = (segment: string): number => (WIDE.test(segment) ? 2 : 1);

/** In cells of a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of segments.segment(text)) width += widthOf(segment);
  return width;
}

/** At most `width` cells; `…` stands for what was cut. */
export function cutTo(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let cut = '';
  let used = 1;
  for (const { segment } of segments.segment(text)) {
    used += widthOf(segment);
    if (used > width) break;
    cut += segment;
  }
  return `${cut}…`;
}
