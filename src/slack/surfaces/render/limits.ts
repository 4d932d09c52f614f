/** Slack's hard limits in Unicode code points; what is longer makes the whole call fail. */
export const limits = {
  sectionText: 3000,
  fields: 10,
  field: 2000,
  header: 150,
  button: 75,
  buttonValue: 2000,
  accessibilityLabel: 75,
  url: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  contextElements: 10,
  contextText: 2000,
  actions: 25,
  optionText: 75,
  optionValue: 150,
  optionDescription: 75,
  label: 2000,
  placeholder: 150,
  inputText: 3000,
  viewTitle: 24,
  metadata: 3000,
  richText: 3000,
  /** Slack would take 4 000; a phone shows this much of it. */
  fallback: 149,
  messageBlocks: 50,
  viewBlocks: 100,
  /** Slack documents none, and refuses somewhat above 13 000 (`msg_blocks_too_long`). */
  messageCharacters: 10_000,
  /** A view may have 250 kB; four bytes are the most that a character takes. */
  viewCharacters: 50_000,
} as const;
