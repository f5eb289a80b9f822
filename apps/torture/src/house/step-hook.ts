// Loaded beside the gateway (node --import) by the torture only: writes down every step of every process, and kills or
// stops the gateway in the very middle of one. The gateway itself knows nothing of it.
import 'reflect-metadata';
import { subscribe } from 'node:diagnostics_channel';
import { openSync, writeSync } from 'node:fs';
import { STEP_CHANNEL, type StepNotice } from '#lib/processes';
import { counts, readMoment } from './moment.js';

const { SAALTOR_STEP_LOG: file, SAALTOR_DIE_AT: death, SAALTOR_STOP_AT: stop } = process.env;

if (file !== undefined) {
  // Appends of one line are whole, also those of instances that share the file; nothing waits in a buffer at death.
  const log = openSync(file, 'a');
  const fatal = [doAt(death, 'SIGKILL'), doAt(stop, 'SIGSTOP')];
  subscribe(STEP_CHANNEL, (message) => {
    const notice = message as StepNotice;
    writeSync(log, `${Date.now()} ${process.pid} ${notice.step} ${notice.processId} ${notice.kind}\n`);
    for (const act of fatal) act(notice);
  });
}

/** Sends the signal to this very process at that moment, and returns only if it was a stop and is over. */
function doAt(text: string | undefined, signal: NodeJS.Signals): (notice: StepNotice) => void {
  if (!text) return () => undefined;
  const moment = readMoment(text);
  let passed = 0;
  return (notice) => {
    if (!counts(moment, notice)) return;
    passed += 1;
    if (passed === moment.nth) process.kill(process.pid, signal);
  };
}
