import { Inject, Injectable, Optional } from '@nestjs/common';
import { SecretVariables, SettingsError } from '#lib/config';
import type { Channel } from './channel.js';
import { ChannelSettings } from './channel.settings.js';
import { DevelopmentChannels } from './development-channels.js';
import { readChannels } from './read-channels.js';

/**
 * The parts of a request that tell under which origin the browser sees the house. The server has put in what trusted
 * proxies forwarded, and only theirs.
 */
export interface OriginOfRequest {
  readonly protocol?: string;
  /** Host and port. */
  readonly host?: string;
}

/** The browser channels of the house, each under its own origin. */
@Injectable()
export class Channels {
  private readonly configured: readonly Channel[];

  /** @throws SettingsError when the setting is wrong, or when there are channels but no key for their sessions */
  constructor(
    settings: ChannelSettings,
    variables: SecretVariables,
    @Optional() @Inject(DevelopmentChannels) private readonly development?: DevelopmentChannels,
  ) {
    this.configured = readChannels(settings.channels, variables);
    const needsKey = this.configured.length > 0 && development === undefined && settings.sessionKey === undefined;
    if (needsKey)
      throw new SettingsError([{ variable: 'SESSION_KEY', reasons: ['is needed where there are CHANNELS'] }]);
  }

  list(): readonly Channel[] {
    if (this.configured.length > 0) return this.configured;
    return this.development?.list() ?? [];
  }

  /** The channel under whose origin the request came in; undefined for any other host: then no cookie is read. */
  of({ protocol, host }: OriginOfRequest): Channel | undefined {
    const address = `${protocol}://${host}`;
    // Without what is no part of an origin (userinfo, a path): such a Host header names no channel.
    if (protocol === undefined || host === undefined || !/^[\w.:[\]-]{1,255}$/.test(host) || !URL.canParse(address)) {
      return undefined;
    }
    const { origin } = new URL(address);
    return this.list().find((channel) => channel.origin === origin);
  }
}
