import { registerEnumType } from '@nestjs/graphql';
import { PROCESS_STATES, type ProcessState } from '#lib/processes';

export const ProcessStateEnum = Object.fromEntries(PROCESS_STATES.map((state) => [state, state])) as Readonly<
  Record<ProcessState, ProcessState>
>;

registerEnumType(ProcessStateEnum, {
  name: 'ProcessState',
  description: 'Wo ein Vorgang steht.',
  valuesMap: {
    ACCEPTED: { description: 'Angenommen; wartet auf die Ausführung oder einen weiteren Versuch.' },
    RUNNING: { description: 'Wird gerade ausgeführt.' },
    NEEDS_CUSTOMER: { description: 'Eine Frage ist offen, die nur der Kunde beantworten kann; siehe "refusal".' },
    WITH_AGENT: { description: 'Eine Mitarbeiterin oder ein Mitarbeiter kümmert sich.' },
    UNCERTAIN: { description: 'Abgeschickt, ohne dass sich feststellen lässt, ob es gewirkt hat; wird geprüft.' },
    DONE: { description: 'Erledigt.' },
    REFUSED: { description: 'Abgelehnt; den Grund nennt "refusal".' },
    CANCELLED: { description: 'Vom Kunden zurückgezogen; es ist nichts geschehen.' },
  },
});
