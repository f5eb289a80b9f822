/** A grey picture of one pixel: JFIF, baseline, one component, two Huffman tables of a single code each. */
const AFTER_COMMENT = Buffer.from(
  [
    `ffdb004300${'01'.repeat(64)}`, // quantisation: all ones
    'ffc0000b080001000101011100', // frame: 8 bit, 1 × 1, component 1
    `ffc4001400${'01'}${'00'.repeat(15)}00`, // DC: code 0 is a difference of 0 bits
    `ffc4001410${'01'}${'00'.repeat(15)}00`, // AC: code 0 is the end of the block
    'ffda0008010100003f00', // scan
    '3f', // both codes, filled up with ones
    'ffd9',
  ].join(''),
  'hex',
);

const BEFORE_COMMENT = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');

/** A valid JPEG of 1 × 1 pixel. Its comment holds the file's name, so that no two files are alike. */
export function jpegOf(fileName: string): Buffer {
  const comment = Buffer.from(fileName, 'latin1');
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(comment.length + 2, 2);
  return Buffer.concat([BEFORE_COMMENT, head, comment, AFTER_COMMENT]);
}
