import type { Example } from '../example.ts';

const width = 768;
const patch = 16;
const positions = (side: number): number => (side / patch) ** 2 + 1;
const small = positions(224);
const large = positions(448);

const screen = { wide: 1920, high: 1080, text: 16 };
const encoder = 336;
const grid = encoder / 14;
const tiles = [Math.ceil(screen.wide / encoder), Math.ceil(screen.high / encoder)] as const;
const cells = [Math.round(screen.wide / 28), Math.round(screen.high / 28)] as const;

export default {
  given: [224, 448, patch, width, screen.wide, screen.high, encoder, 14, 28, 1],
  computed: [
    small - 1,
    small,
    small ** 2,
    patch * patch * 3 * width + width,
    small * width,
    large,
    large ** 2,
    (large ** 2 / small ** 2).toFixed(1),
    grid,
    grid ** 2,
    ((screen.text * encoder) / screen.wide).toFixed(1),
    ...tiles,
    tiles[0] * tiles[1],
    (tiles[0] * tiles[1] + 1) * grid ** 2,
    ...cells,
    cells[0] * cells[1],
  ],
} satisfies Example;
