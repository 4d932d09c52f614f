/** The policy file is not right. Each problem begins with its line and column: `12:7 actions.grant.may[0]: …`. */
export class PolicyError extends Error {
  override name = 'PolicyError' as const;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The policy is not right:', ...problems].join('\n  '));
    this.problems = problems;
  }
}
