// node scripts/draw-consignment.mjs: draws docs/pictures/consignment-way.svg from consignment-way.json beside it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/bootstrap.mjs';

const FOLDER = join(ROOT, 'docs/pictures');
const SIZE = { width: 560, height: 640, margin: 70 };

const { hubs, legs, planned, steps } = JSON.parse(readFileSync(join(FOLDER, 'consignment-way.json'), 'utf8'));

/** Degrees to pixels, north up; a map of a country is small enough to be drawn flat. */
function scale(values, from, to) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return value => Math.round(from + ((value - least) / (most - least)) * (to - from));
}
const x = scale(
  hubs.map(hub => hub.longitude),
  SIZE.margin,
  SIZE.width - SIZE.margin,
);
const y = scale(
  hubs.map(hub => hub.latitude),
  SIZE.height - SIZE.margin,
  SIZE.margin,
);
const at = new Map(hubs.map(hub => [hub.code, [x(hub.longitude), y(hub.latitude)]]));

const line = (from, to, kind) => {
  const [[x1, y1], [x2, y2]] = [at.get(from), at.get(to)];
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
};
const pairs = codes => codes.slice(1).map((code, place) => [codes[place], code]);

const drawn = [
  ...legs.map(leg => line(...leg.split('-'), 'leg')),
  ...pairs(planned).map(([from, to]) => line(from, to, 'planned')),
  ...pairs(steps.map(step => step.hub)).map(([from, to]) => line(from, to, 'taken')),
  ...hubs.map(({ code, name }) => {
    const [cx, cy] = at.get(code);
    const step = steps.find(one => one.hub === code);
    const said = step ? [step.at, step.what, step.exception].filter(Boolean).join(' · ') : '';
    return `<circle class="${step?.exception ? 'wrong' : step ? 'seen' : 'hub'}" cx="${cx}" cy="${cy}" r="7"/>
  <text x="${cx + 12}" y="${cy - 4}">${name}</text>${said ? `\n  <text class="said" x="${cx + 12}" y="${cy + 12}">${said}</text>` : ''}`;
  }),
];

writeFileSync(
  join(FOLDER, 'consignment-way.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width + 180} ${SIZE.height}" role="img" aria-label="One consignment’s way">
  <style>
    line { stroke-width: 2; stroke: #b9c2c8 } .planned { stroke: #5b7fa6; stroke-dasharray: 6 6 } .taken { stroke: #0b6b4f; stroke-width: 4 }
    circle { fill: #fff; stroke: #8a969d; stroke-width: 2 } .seen { fill: #0b6b4f; stroke: #0b6b4f } .wrong { fill: #b3261e; stroke: #b3261e }
    text { paint-order: stroke; stroke: #fbfcfb; stroke-width: 4px; stroke-linejoin: round; font: 15px sans-serif; fill: #1d2a30 } .said { font-size: 12px; fill: #4a5a62 }
  </style>
  <rect width="100%" height="100%" fill="#fbfcfb"/>
  ${drawn.join('\n  ')}
  <text class="said" x="20" y="${SIZE.height - 14}">grey: weekly departures · dashed: as planned when it was sent · green: the way it came</text>
</svg>
`,
);
