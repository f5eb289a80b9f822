import type { Channel } from './channel.js';

/**
 * Channels that are there without a setting while the house runs on its imitations; provided in sandbox mode only. With
 * it the session key may be made by the program itself and kept in the database.
 */
export abstract class DevelopmentChannels {
  /** As of now: the port may be known only once the gateway listens. */
  abstract list(): readonly Channel[];

  /** Tells the identity provider of the channel. Called before its first sign-in, and again after a failure. */
  abstract register(channel: Channel): Promise<void>;
}
