import { IsNotEmpty, IsOptional, IsUrl, Matches } from 'class-validator';
import { FromEnv } from '#lib/config';

export class EnergySettings {
  /** Scheme, host and port of the SAP Gateway, perhaps with a prefix; the services' own paths are added to it. */
  @FromEnv('ENERGY_SAP_URL')
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  url: string;

  /** Technical user. The customer's number always comes from the link, never from this user's rights. */
  @FromEnv('ENERGY_SAP_USER')
  @IsNotEmpty()
  user: string;

  @FromEnv('ENERGY_SAP_PASSWORD', { secret: true })
  @IsNotEmpty()
  password: string;

  /** Creditor identifier (Gläubiger-Identifikationsnummer) of the Bundesbank; without it nobody can allow a direct debit. */
  @FromEnv('ENERGY_CREDITOR_ID')
  @IsOptional()
  @Matches(/^DE\d{2}[A-Z0-9]{3}\d{11}$/)
  creditorId?: string;
}
