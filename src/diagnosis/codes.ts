/**
 * Every code that a message can carry, with the heading under which docs/troubleshooting.md explains it.
 * A code never changes its meaning and is never used again for something else.
 */
export const DIAGNOSIS_CODES = {
  OS101: 'A required input is missing',
  OS102: 'A value is none of the allowed ones',
  OS103: 'A boolean is neither true nor false',
  OS104: 'There is no such input',
  OS105: 'An input was given twice, or without a value',
  OS106: 'A value has the wrong form',
  OS107: 'An input has no use together with another',
  OS108: 'A secret is missing, or was put where others can read it',
  OS109: 'The CA certificate file cannot be used',
  OS110: 'Several values where one is taken',
  OS201: 'The provider serves another site',
  OS202: 'No image has that name or package ID',
  OS203: 'Several images have that name',
  OS204: 'No update group has that name or CI_ID',
  OS205: 'Several update groups have that name',
  OS206: 'The update group holds no update',
  OS207: 'Updates of the group cannot be used',
  OS208: 'No update of the group can be used',
  OS209: 'A CI_ID is too large for a servicing schedule',
  OS210: 'The site gave an answer that cannot be understood',
  OS211: 'The site server of the image is unknown',
  OS301: 'curl is missing or too old',
  OS302: 'The SMS Provider cannot be reached',
  OS303: 'The certificate of the SMS Provider is not trusted',
  OS304: 'The SMS Provider did not accept the login',
  OS305: 'The site refused an operation',
  OS306: 'The site did not answer in time',
  OS307: 'An answer is larger than allowed',
  OS308: 'The answer is not one of the administration service',
  OS309: 'The administration service failed',
  OS310: 'The temporary folder cannot be used',
  OS401: 'The schedule could not be made; nothing is left of it',
  OS402: 'The schedule could not be made; something may be left of it',
  OS403: 'The schedule started although a step failed',
  OS501: 'The run was cancelled',
  OS599: 'The product has a defect',
} as const;

export type DiagnosisCode = keyof typeof DIAGNOSIS_CODES;
