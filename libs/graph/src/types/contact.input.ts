import { Field, InputType } from '@nestjs/graphql';

@InputType('ContactInput', { description: 'Wer zu erreichen ist, wenn nicht der Kunde selbst.' })
export class ContactInput {
  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => String, { nullable: true })
  phone?: string | null;
}
