import { ApiProperty } from '@nestjs/swagger';
import { formatBerlin, refusalMessage, toGlobalId, type Language, type Refusal } from '#lib/kernel';
import { PROCESS_STATES, type ProcessState, type SeenProcess } from '#lib/processes';

const REFUSED = {
  type: Object,
  nullable: true,
  description: 'Warum abgelehnt wurde, oder was gefragt wird; Form wie bei einer sofortigen Ablehnung, ohne Status.',
} as const;

export class ReceiptDto {
  @ApiProperty({ example: '2026-7K3M-9QXT', description: 'Vorgangsnummer zum Vorlesen.' })
  number: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T18:05:00+01:00', description: 'Angenommen am.' })
  at: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'eyJhbGciOiJFZERTQSIsInR5cCI6InNhYWx0b3ItcmVjZWlwdCtqd3MifQ.eyJudW1iZXIiOiIyMDI2LTdLM00tOVFYVCJ9.…',
    description:
      'Signierte Bestätigung (JWS, EdDSA), prüfbar mit den Schlüsseln unter /.well-known/saaltor-receipt-keys.json.',
  })
  signed: string | null;
}

export class ProcessDto {
  @ApiProperty({ example: 'UHJvY2Vzczo0YjFm', description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ example: 'housing.report-repair', description: 'Art des Vorgangs.' })
  kind: string;

  @ApiProperty({ example: 'Mangel melden', description: 'Was der Kunde dazu liest.' })
  title: string;

  @ApiProperty({ enum: PROCESS_STATES, example: 'DONE', description: 'Wo der Vorgang steht.' })
  state: ProcessState;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T18:05:00+01:00', description: 'Angenommen am.' })
  createdAt: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'Spätestens dann steht das Ergebnis fest, oder es kümmert sich jemand; null, wenn das schon so ist.',
  })
  deadline: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description: 'Nach so vielen Sekunden lohnt es, wieder nachzusehen; null, wenn er abgeschlossen ist.',
  })
  pollAfterSeconds: number | null;

  @ApiProperty({ ...REFUSED, example: null })
  refusal: RefusalFacts | null;

  @ApiProperty({
    type: Object,
    nullable: true,
    example: { reportId: '7c9e6679-7425-40de-944b-e07fc1f90ae7', number: '2026-000001' },
    description: 'Was entstanden ist; null, bis er erledigt ist.',
  })
  result: object | null;

  @ApiProperty({ type: ReceiptDto })
  receipt: ReceiptDto;
}

/** A refusal as partners see it, at once and late. */
export interface RefusalFacts {
  readonly code: string;
  readonly title: string;
  readonly subsidiaryMessage: string | null;
  readonly problems: readonly object[];
}

export function toProcessDto({ view, isWhole }: SeenProcess, language: Language): ProcessDto {
  const { id, kind, title, state, createdAt, deadline, pollAfterSeconds, refusal, result, receipt } = view;
  return {
    id: processIdOf(id),
    kind,
    title: title[language],
    state,
    createdAt: formatBerlin(createdAt),
    deadline: deadline === null ? null : formatBerlin(deadline),
    pollAfterSeconds,
    refusal: refusal && toRefusalFacts(refusal, language),
    result,
    receipt: { number: receipt.number, at: formatBerlin(receipt.at), signed: isWhole ? receipt.signed : null },
  };
}

export function toRefusalFacts({ code, subsidiaryMessage, problems }: Refusal, language: Language): RefusalFacts {
  return {
    code,
    title: refusalMessage(code, language),
    subsidiaryMessage,
    problems: problems.map((problem) => ({ ...problem, title: refusalMessage(problem.code, language) })),
  };
}

/** The id as the graph has it. */
export function processIdOf(id: string): string {
  return toGlobalId('Process', id);
}
