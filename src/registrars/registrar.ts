/** What differs between registrar types. Onezone looks at none of this when a service is registered, so we must. */
export interface Registrar {
  /** As Onezone wants it in `serviceProperties.type`, to the letter. */
  readonly type: 'DOI' | 'PID';
  readonly label: string;
  readonly about: string;
  readonly fields: readonly RegistrarField[];
  /** Problems that concern more than one field, by field key. */
  readonly check: (values: RegistrarValues) => Readonly<Record<string, string>>;
}

export type RegistrarValues = Readonly<Record<string, string | boolean>>;

export type RegistrarField =
  | {
      readonly kind: 'text';
      readonly key: string;
      readonly label: string;
      readonly hint: string;
      /** What the form starts with; absent: empty. */
      readonly initial?: string;
      readonly optional: boolean;
      /** A sentence for the person, or null. */
      readonly check: (value: string) => string | null;
    }
  | {
      readonly kind: 'flag';
      readonly key: string;
      readonly label: string;
      readonly hint: string;
    };
