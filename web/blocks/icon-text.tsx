/** An icon in a 16 × 16 box: SVG paths of a filled background and of the strokes on it. */
interface Drawing {
  readonly kind: 'good' | 'bad' | 'warn' | 'calm';
  readonly ground: string;
  readonly lines: string;
}

const DISC_PATH = 'M8 .5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z';
const TILE_PATH = 'M3.5.5h9a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3h-9a3 3 0 0 1-3-3v-9a3 3 0 0 1 3-3z';
const TRIANGLE_PATH =
  'M8 .8c.7 0 1.2.4 1.5 1l6 11c.7 1.3-.1 2.7-1.5 2.7H2c-1.4 0-2.2-1.4-1.5-2.7l6-11c.3-.6.8-1 1.5-1z';
const HOURGLASS_PATH = 'M5 3.5h6M5 12.5h6M5.5 3.5c0 3 5 4 5 9M10.5 3.5c0 3-5 4-5 9';

/** The bot's emoji as icons, because not every machine has an emoji font. */
const DRAWINGS: Readonly<Record<string, Drawing>> = {
  '✅': { kind: 'good', ground: TILE_PATH, lines: 'M4 8.3l2.8 2.8L12 5.5' },
  '👍': { kind: 'good', ground: DISC_PATH, lines: 'M4 8.3l2.8 2.8L12 5.5' },
  '❌': { kind: 'bad', ground: TILE_PATH, lines: 'M5 5l6 6M11 5l-6 6' },
  '⛔': { kind: 'bad', ground: DISC_PATH, lines: 'M4.5 8h7' },
  ℹ: { kind: 'calm', ground: DISC_PATH, lines: 'M8 7.2v4M8 4.4v.3' },
  '⚠': { kind: 'warn', ground: TRIANGLE_PATH, lines: 'M8 5.5v4M8 12v.3' },
  '❓': {
    kind: 'warn',
    ground: DISC_PATH,
    lines: 'M6 6.2a2 2 0 1 1 2.8 1.8c-.5.2-.8.6-.8 1.2M8 11.6v.2',
  },
  '⏳': { kind: 'calm', ground: TILE_PATH, lines: HOURGLASS_PATH },
  '⌛': { kind: 'calm', ground: TILE_PATH, lines: HOURGLASS_PATH },
  '⚙': {
    kind: 'calm',
    ground: DISC_PATH,
    lines: 'M8 4v2M8 10v2M4 8h2M10 8h2M5.2 5.2l1.4 1.4M9.4 9.4l1.4 1.4',
  },
  '↩': {
    kind: 'calm',
    ground: TILE_PATH,
    lines: 'M6.5 4.5L4 7l2.5 2.5M4 7h5.5a2.3 2.3 0 0 1 0 4.6H7',
  },
  '🏁': { kind: 'calm', ground: TILE_PATH, lines: 'M5 12.5V3.8h6.5L10 6.3l1.5 2.5H5' },
};

const DRAWN_EMOJI = new RegExp(`(${Object.keys(DRAWINGS).join('|')})\uFE0F?`, 'u');

/** Text whose known emoji are drawn as icons. */
export function IconText({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(DRAWN_EMOJI).map((part, index) => {
        const drawing = index % 2 === 1 ? DRAWINGS[part] : undefined;
        return drawing === undefined ? part : <Icon key={index} name={part} drawing={drawing} />;
      })}
    </>
  );
}

function Icon({ name, drawing }: { readonly name: string; readonly drawing: Drawing }) {
  return (
    <svg class={`icon ${drawing.kind}`} viewBox="0 0 16 16" role="img" aria-label={name}>
      <path class="icon-ground" d={drawing.ground} />
      <path class="icon-lines" d={drawing.lines} />
    </svg>
  );
}
