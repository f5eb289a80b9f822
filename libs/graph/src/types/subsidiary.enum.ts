import { registerEnumType } from '@nestjs/graphql';

/** Filled by {@link registerSubsidiaries} before the schema is built: this lib knows no subsidiary by name. */
export const SubsidiaryEnum: Record<string, string> = {};

/** Makes the keys of the installed subsidiaries the values of the enum `Subsidiary`. */
export function registerSubsidiaries(subsidiaries: readonly { key: string; title: string }[]): void {
  for (const { key } of subsidiaries) SubsidiaryEnum[key] = key;
  registerEnumType(SubsidiaryEnum, {
    name: 'Subsidiary',
    description: 'Gesellschaft der Unternehmensgruppe.',
    valuesMap: Object.fromEntries(subsidiaries.map(({ key, title }) => [key, { description: title }])),
  });
}
