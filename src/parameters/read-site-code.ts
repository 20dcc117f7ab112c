import { siteCode, type SiteCode } from '../site/identifiers.js';
import type { SITE_INPUTS } from './connection-inputs.js';
import { shown } from './input-errors.js';
import type { Inputs } from './inputs.js';

type SiteInputs = Inputs<typeof SITE_INPUTS>;

/** Undefined when it is not given, or when an error was added. */
export function readSiteCode(inputs: SiteInputs): SiteCode | undefined {
  const given = inputs.text('site-code');
  if (given === undefined) return undefined;
  return (
    siteCode(given) ??
    inputs.errors.add(
      'OS106',
      `${inputs.spell('site-code')} is ${shown(given)}, and a site code has three letters or digits.`,
      `Write the code that the console shows beside the name of the site${unquotedCode(inputs, given) ?? inputs.example('site-code')}.`,
    )
  );
}

/** YAML reads 001 as the number 1, and 1E5 as 100000. */
function unquotedCode(inputs: SiteInputs, given: string): string | undefined {
  const isNumber = /^[0-9]+$/.test(given) || /^[0-9.]+e\+?[0-9]+$/i.test(given);
  if (inputs.host.writtenIn !== 'yaml' || !isNumber) return undefined;
  const example = given.length < 3 ? given.padStart(3, '0') : '1E5';
  return `, in quotes where it looks like a number: ${inputs.assign('site-code', `'${example}'`)}`;
}
