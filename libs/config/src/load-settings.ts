import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { bindingsOf } from './from-env.js';
import { SecretVariables } from './secret-variables.js';

/** The environment as the process got it. */
export type Environment = Readonly<Record<string, string | undefined>>;

type SettingsClass = new () => object;

/** Loaded settings by their class. */
export type Settings = ReadonlyMap<SettingsClass, object>;

/** A base URL where nobody listens, which also does for any other text. */
const PLACEHOLDER = 'http://127.0.0.1';

/** One variable that is missing or wrong. Its value is never part of it. */
export interface SettingProblem {
  readonly variable: string;
  readonly reasons: readonly string[];
}

/** Thrown at start with every mistake at once, so that an operator corrects them in one go. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly SettingProblem[]) {
    const lines = problems.map(({ variable, reasons }) => `  ${variable}: ${reasons.join('; ')}`);
    super(`The environment is not complete or not right:\n${lines.join('\n')}`);
  }
}

/**
 * Reads all settings classes from the environment, validates them together and freezes them.
 * @throws SettingsError naming every variable that is missing or wrong, never a value
 */
export function loadSettings(classes: readonly SettingsClass[], environment: Environment): Settings {
  const problems: SettingProblem[] = [];
  const loaded = new Map<SettingsClass, object>([[SecretVariables, new SecretVariables(environment)]]);
  for (const settings of classes) {
    const instance = bind(settings, environment);
    problems.push(...problemsOf(settings, instance));
    loaded.set(settings, Object.freeze(instance));
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return loaded;
}

/** Settings that name no real system, unvalidated: for tools that build the program but never run it. */
export function placeholderSettings(classes: readonly SettingsClass[]): Settings {
  const variables = classes.flatMap(bindingsOf).map(({ variable, default: value }) => [variable, value ?? PLACEHOLDER]);
  const environment = Object.fromEntries(variables) as Environment;
  return new Map<SettingsClass, object>([
    [SecretVariables, new SecretVariables()],
    ...classes.map((settings) => [settings, bind(settings, environment)] as const),
  ]);
}

function bind(settings: SettingsClass, environment: Environment): object {
  const values: Record<string, string> = {};
  for (const binding of bindingsOf(settings)) {
    const value = environment[binding.variable] || binding.default;
    if (value !== undefined) values[binding.property] = value;
  }
  return plainToInstance(settings, values);
}

function problemsOf(settings: SettingsClass, instance: object): SettingProblem[] {
  const variables = new Map(bindingsOf(settings).map(({ property, variable }) => [property, variable]));
  return validateSync(instance, { forbidUnknownValues: false }).map(({ property, constraints }) => {
    const variable = variables.get(property) ?? property;
    return { variable, reasons: Object.values(constraints ?? {}).map((text) => text.replaceAll(property, variable)) };
  });
}
