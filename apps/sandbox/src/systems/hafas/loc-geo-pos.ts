import { CommonTables } from './common-tables.js';
import { invalidParameter } from './faults.js';
import type { HafasService } from './hafas-service.js';
import { PLACES, STOPS } from './stops.js';
import { wirePlace, wireStop } from './wire-stop.js';

const USUAL_RADIUS = 1_000;
const USUAL_NUMBER = 50;
const LARGEST_NUMBER = 200;
/** Metres that one millionth of a degree of latitude measures. */
const METRES_PER_UNIT = 0.111_195;

/** LocGeoPos: stops (and points of interest when asked for) around a point, the nearest first. */
export const locGeoPos: HafasService = (request) => {
  const ring = request.object('ring');
  const centre = ring.object('cCrd');
  const point = { x: centre.integer('x'), y: centre.integer('y') };
  const farthest = ring.findInteger('maxDist') ?? USUAL_RADIUS;
  const nearest = ring.findInteger('minDist') ?? 0;
  const number = Math.min(request.findInteger('maxLoc') ?? USUAL_NUMBER, LARGEST_NUMBER);
  if (Math.abs(point.x) > 180_000_000 || Math.abs(point.y) > 90_000_000) throw invalidParameter();

  const common = new CommonTables();
  const stops = STOPS.map((stop) => ({
    metres: metresBetween(point, stop),
    write: (metres: number) => ({
      ...wireStop(stop, common.stopIcon(stop), `u=${metres}@`),
      pRefL: common.linesAt(stop),
    }),
  }));
  const points = PLACES.filter(({ kind }) => kind === 'P' && request.findBoolean('getPOIs') === true).map((place) => ({
    metres: metresBetween(point, place),
    write: () => wirePlace(place, common.icon('loc_poi')),
  }));
  const around = [...(request.findBoolean('getStops') === false ? [] : stops), ...points]
    .filter(({ metres }) => metres >= nearest && metres <= farthest)
    .toSorted((left, right) => left.metres - right.metres)
    .slice(0, Math.max(0, number))
    .map(({ metres, write }) => Object.assign(write(metres), { dist: metres, dur: walkingTime(metres) }));
  return { common: common.toWire(), locL: around };
};

/** Whole metres; flat geometry, which is exact enough for a city. */
function metresBetween(from: { x: number; y: number }, to: { x: number; y: number }): number {
  const latitude = (((from.y + to.y) / 2_000_000) * Math.PI) / 180;
  return Math.round(METRES_PER_UNIT * Math.hypot((to.x - from.x) * Math.cos(latitude), to.y - from.y));
}

/** HAFAS writes durations as the number `MMSS`; a minute for 60 metres and one to start. */
function walkingTime(metres: number): number {
  return (1 + Math.floor(metres / 60)) * 100 + (metres % 60);
}
