import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Reusable } from '#lib/graph';
import { BarcodeDrawer } from '../tickets/barcode-drawer.js';
import { BarcodeType } from './ticket.type.js';

/** The code as picture, drawn only when asked for. */
@Resolver(() => BarcodeType)
export class BarcodeResolver {
  constructor(private readonly drawer: BarcodeDrawer) {}

  @Reusable()
  @ResolveField('svg', () => String, {
    nullable: true,
    description: 'Der Code als SVG-Bild; null, wenn er nicht gezeichnet werden kann.',
  })
  svg(@Parent() { symbology, payload }: BarcodeType): Promise<string | null> {
    return this.drawer.draw(symbology, payload);
  }
}
