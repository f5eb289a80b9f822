import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsInt, IsNotEmpty, IsUrl } from 'class-validator';
import { FromEnv, loadSettings, placeholderSettings, SettingsError } from './index.js';

class PondSettings {
  @FromEnv('POND_URL')
  @IsUrl({ require_tld: false, require_protocol: true })
  url: string;

  @FromEnv('POND_SECRET', { secret: true })
  @IsNotEmpty()
  secret: string;
}

class LakeSettings {
  @FromEnv('LAKE_DEPTH', { default: '12' })
  @Type(() => Number)
  @IsInt()
  depth: number;
}

function failure(environment: Record<string, string>): SettingsError {
  try {
    loadSettings([PondSettings, LakeSettings], environment);
  } catch (error) {
    if (error instanceof SettingsError) return error;
  }
  throw new Error('no SettingsError');
}

describe('settings', () => {
  it('come typed and frozen, with defaults', () => {
    const loaded = loadSettings([PondSettings, LakeSettings], { POND_URL: 'http://pond:1', POND_SECRET: 's' });
    expect(loaded.get(PondSettings)).toEqual({ url: 'http://pond:1', secret: 's' });
    expect(loaded.get(LakeSettings)).toEqual({ depth: 12 });
    expect(Object.isFrozen(loaded.get(LakeSettings))).toBe(true);
  });

  it('report every mistake at once, by variable, and never a value', () => {
    const error = failure({ POND_URL: 'hunter2', LAKE_DEPTH: 'swordfish' });
    expect(error.problems.map(({ variable }) => variable)).toEqual(['POND_URL', 'POND_SECRET', 'LAKE_DEPTH']);
    expect(error.message).not.toMatch(/hunter2|swordfish/);
    expect(error.message).toMatch(/LAKE_DEPTH: LAKE_DEPTH must be an integer number/);
  });

  it('take an empty variable as missing', () => {
    expect(failure({ POND_URL: '', POND_SECRET: 's' }).problems.map(({ variable }) => variable)).toEqual(['POND_URL']);
  });

  it('have placeholders for tools that never run the program', () => {
    const settings = placeholderSettings([PondSettings, LakeSettings]);
    expect(settings.get(PondSettings)).toEqual({ url: 'http://127.0.0.1', secret: 'http://127.0.0.1' });
    expect(settings.get(LakeSettings)).toEqual({ depth: 12 });
  });
});
