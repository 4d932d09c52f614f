/** What differs between registrar types. Onezone validates none of it at registration, so we do. */
export interface Registrar {
  /** Exact value for Onezone's `serviceProperties.type`; also its key in `registrars`. */
  readonly type: string;
  readonly label: string;
  readonly about: string;
  readonly fields: readonly RegistrarField[];
  /** Problems across fields, by field key. */
  readonly check: (values: RegistrarValues) => Readonly<Record<string, string>>;
}

export type RegistrarValues = Readonly<Record<string, string | boolean>>;

export type RegistrarField =
  | {
      readonly kind: 'text';
      readonly key: string;
      readonly label: string;
      readonly hint: string;
      /** Initial value in the form. */
      readonly initial?: string;
      readonly optional: boolean;
      /** The problem as a sentence for the user, or null. */
      readonly check: (value: string) => string | null;
      /** What whoever agrees has to know of this value, or null. */
      readonly warn?: (value: string) => string | null;
    }
  | {
      readonly kind: 'flag';
      readonly key: string;
      readonly label: string;
      readonly hint: string;
    };
