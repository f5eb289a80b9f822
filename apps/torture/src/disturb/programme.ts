import { PROCESS_STEPS, type ProcessStep } from '#lib/processes';
import type { Chance } from '../chance.js';
import { writeMoment, type Moment } from '../house/moment.js';
import type { CommandKind } from '../wishes/wish.js';

/** One disturbance of a run. */
export type Act =
  | { readonly act: 'die'; readonly moment: Moment }
  /** Stands still at the moment, until another one has taken its process over, and then goes on. */
  | { readonly act: 'stand-still'; readonly moment: Moment }
  | { readonly act: 'kill' }
  | { readonly act: 'stop-database' };

const when = (step: ProcessStep, ...kinds: CommandKind[]): Moment => ({ step, nth: 1, kinds });

/** For people. */
export function nameOf(act: Act): string {
  return 'moment' in act ? `${act.act} ${writeMoment(act.moment)}` : act.act;
}

/** Every named step, each kind of dedupe at the dangerous ones, sleepers, and the database. */
export function fullProgramme(chance: Chance): readonly Act[] {
  const deaths: readonly Moment[] = [
    ...PROCESS_STEPS.map((step) => when(step)),
    ...(['intended', 'answered'] as const).flatMap((step) => [
      when(step, 'energy.submit-readings'),
      when(step, 'housing.report-repair'),
      when(step, 'pools.top-up-card'),
    ]),
  ];
  const sleepers: readonly Moment[] = [
    when('intended', 'energy.submit-readings'),
    when('intended', 'transit.pause-subscription'),
    when('intended', 'pools.top-up-card'),
    when('intending'),
    when('answered'),
  ];
  return chance.shuffle([
    ...deaths.map((moment) => ({ act: 'die', moment }) as const),
    ...sleepers.map((moment) => ({ act: 'stand-still', moment }) as const),
    ...Array.from({ length: 4 }, () => ({ act: 'kill' }) as const),
    ...Array.from({ length: 3 }, () => ({ act: 'stop-database' }) as const),
  ]);
}

/** For a build: two deaths where it matters most and nobody has to wait for a time limit, and one stop of the database. */
export function shortProgramme(): readonly Act[] {
  return [
    { act: 'die', moment: when('intended', 'housing.report-repair', 'transit.pause-subscription') },
    { act: 'stop-database' },
    { act: 'die', moment: when('answered') },
  ];
}
