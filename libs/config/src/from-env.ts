/** How one setting is found in the environment. */
export interface EnvBinding {
  readonly variable: string;
  readonly property: string;
  /** Used when the variable is missing or empty. */
  readonly default?: string;
  /** Never printed, not even as a default. */
  readonly secret: boolean;
}

const bindings = new WeakMap<object, EnvBinding[]>();

/** Binds a property of a settings class to an environment variable. Validate it with class-validator beside this. */
export function FromEnv(variable: string, options: { default?: string; secret?: true } = {}): PropertyDecorator {
  return (prototype, property) => {
    const list = bindings.get(prototype) ?? [];
    list.push({ variable, property: String(property), default: options.default, secret: options.secret ?? false });
    bindings.set(prototype, list);
  };
}

/** The bindings of a settings class, in the order of its properties. */
export function bindingsOf(settings: new () => object): readonly EnvBinding[] {
  return bindings.get(settings.prototype as object) ?? [];
}
