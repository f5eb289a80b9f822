import { IsEmail, IsOptional, Matches, ValidateIf } from 'class-validator';
import { FromEnv } from '#lib/config';

const SCHEME = /^smtps?:\/\/[^\s/]+/;
const ON_THIS_MACHINE = /^smtps?:\/\/(?:[^@/]*@)?(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::|\/|$)/;

/** Nobody has this address; it does for a mail server that delivers nothing. */
const NOBODY = 'kundencenter@saaltor.example';

/** The mail server for receipts. Without one nobody gets mail, and everything else goes on. */
export class MailSettings {
  /** `smtp://user:password@host:port` or `smtps://…`; `smtp:` means STARTTLS unless the host is this machine. */
  @FromEnv('SMTP_URL', { secret: true })
  @IsOptional()
  @Matches(SCHEME, { message: '$property must be smtp://host:port or smtps://host:port' })
  smtpUrl?: string;

  /** Who writes. Needed for a server that may deliver. */
  @FromEnv('MAIL_FROM')
  @ValidateIf(({ smtpUrl, from }: MailSettings) => from !== undefined || !isOnThisMachine(smtpUrl))
  @IsEmail({}, { message: '$property must be the e-mail address that receipts come from' })
  from?: string;

  /** The sender of all mail. */
  get sender(): string {
    return this.from ?? NOBODY;
  }
}

/** True without a server, too: nothing is sent then. */
function isOnThisMachine(url: string | undefined): boolean {
  return url === undefined || ON_THIS_MACHINE.test(url);
}
