/** As commander reads them. */
export interface Flags {
  readonly yes?: boolean;
  readonly overwrite?: boolean;
  readonly socket?: boolean;
  readonly http?: boolean;
  readonly onezoneUrl?: string;
  readonly admin?: string;
  readonly curator?: string;
  readonly curatorGroup?: string;
  readonly grants?: string;
  readonly approvals?: string;
  readonly operators?: string;
  readonly days: string;
  readonly settings: string;
  readonly policy: string;
}
