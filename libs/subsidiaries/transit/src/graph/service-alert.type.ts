import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toGlobalId, type Instant, type Language, type Source } from '#lib/kernel';
import { DateTimeScalar, NodeType, SourcedType, SourceType } from '#lib/graph';
import { shortKey } from '../model/short-key.js';
import { ALERT_CAUSES, ALERT_EFFECTS, textIn, type ServiceAlert } from '../model/service-alert.js';
import { StopType, toStopType } from './stop.type.js';

const CauseEnum = Object.fromEntries(ALERT_CAUSES.map((cause) => [cause, cause]));
registerEnumType(CauseEnum, {
  name: 'ServiceAlertCause',
  description: 'Ursache einer Störung.',
  valuesMap: {
    TECHNICAL_PROBLEM: { description: 'technische Störung' },
    STRIKE: { description: 'Streik' },
    DEMONSTRATION: { description: 'Demonstration' },
    ACCIDENT: { description: 'Unfall' },
    HOLIDAY: { description: 'Feiertag' },
    WEATHER: { description: 'Wetter' },
    MAINTENANCE: { description: 'Instandhaltung' },
    CONSTRUCTION: { description: 'Bauarbeiten' },
    POLICE_ACTIVITY: { description: 'Polizeieinsatz' },
    MEDICAL_EMERGENCY: { description: 'medizinischer Notfall' },
    SPECIAL_EVENT: { description: 'Veranstaltung' },
    OTHER: { description: 'eine andere oder nicht genannte Ursache' },
  },
});

const EffectEnum = Object.fromEntries(ALERT_EFFECTS.map((effect) => [effect, effect]));
registerEnumType(EffectEnum, {
  name: 'ServiceAlertEffect',
  description: 'Wirkung einer Störung.',
  valuesMap: {
    NO_SERVICE: { description: 'kein Betrieb' },
    REDUCED_SERVICE: { description: 'eingeschränkter Betrieb' },
    SIGNIFICANT_DELAYS: { description: 'erhebliche Verspätungen' },
    DETOUR: { description: 'Umleitung' },
    ADDITIONAL_SERVICE: { description: 'zusätzliche Fahrten' },
    MODIFIED_SERVICE: { description: 'geänderter Betrieb' },
    STOP_MOVED: { description: 'Haltestelle verlegt' },
    NO_EFFECT: { description: 'keine Auswirkung' },
    ACCESSIBILITY_ISSUE: { description: 'eingeschränkte Barrierefreiheit' },
    OTHER: { description: 'eine andere oder nicht genannte Wirkung' },
  },
});

@ObjectType('ServiceAlert', { implements: () => [NodeType, SourcedType], description: 'Störungsmeldung.' })
export class ServiceAlertType implements NodeType, SourcedType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true, description: 'Überschrift, möglichst in der gewünschten Sprache.' })
  header: string | null;

  @Field(() => String, { nullable: true, description: 'Meldung, möglichst in der gewünschten Sprache.' })
  text: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Gilt ab; null, wenn der Beginn offen ist.' })
  from: Instant | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Gilt bis vor diesem Zeitpunkt; null: bis auf Weiteres.',
  })
  until: Instant | null;

  @Field(() => CauseEnum, { description: 'Ursache.' })
  cause: ServiceAlert['cause'];

  @Field(() => EffectEnum, { description: 'Wirkung.' })
  effect: ServiceAlert['effect'];

  @Field(() => [String], { description: 'Genannte Linien; leer, wenn die Meldung keine nennt.' })
  lines: readonly string[];

  @Field(() => [StopType], { description: 'Genannte Haltestellen; leer, wenn die Meldung keine nennt.' })
  stops: StopType[];

  @Field(() => SourceType)
  source: SourceType;
}

export function toServiceAlertType(
  { key, header, text, stops, ...alert }: ServiceAlert,
  source: Source,
  language: Language,
): ServiceAlertType {
  return {
    ...alert,
    id: toGlobalId('ServiceAlert', shortKey([key])),
    header: textIn(header, language),
    text: textIn(text, language),
    stops: stops.map(toStopType),
    source,
  };
}
