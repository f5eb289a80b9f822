import { Field } from '@nestjs/graphql';
import { ProcessType } from './process.types.js';
import type { PendingWish } from './pending.js';

/** A field that holds the process of a {@link PendingWish}: read only when a query wants it. */
export function ProcessField(): PropertyDecorator {
  return Field(() => ProcessType, {
    description: 'Der Vorgang, der noch läuft.',
    middleware: [({ source }: { source: PendingWish }) => source.process()],
  });
}
