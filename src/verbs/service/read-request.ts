import { nonEmpty } from '../../collections/non-empty.js';
import type { FollowSettings } from '../../follow/follow-settings.js';
import { CONNECTION_INPUTS, SITE_INPUTS } from '../../parameters/connection-inputs.js';
import { FOLLOW_INPUTS } from '../../parameters/follow-inputs.js';
import { camelName, type CamelName, type InputDefinition } from '../../parameters/input-definition.js';
import { shown } from '../../parameters/input-errors.js';
import type { Inputs } from '../../parameters/inputs.js';
import { readConnection } from '../../parameters/read-connection.js';
import { readFollow, refuseFollowInputs } from '../../parameters/read-follow.js';
import { readSiteCode } from '../../parameters/read-site-code.js';
import type { NameReference, ServicingRequest } from '../../plan/servicing-request.js';
import { isHostName } from '../../provider/host-name.js';
import { SERVICE_INPUTS, type ServiceInputs } from './inputs.js';
import { readStart } from './read-start.js';
import { readExcludedUpdates, readUpdateReferences } from './read-update-references.js';
import type { ServiceRequest } from './service-request.js';

/**
 * Turns the inputs into a typed request; undefined when anything is wrong, which is in `inputs.errors` then. Reads the
 * CA certificate file, to say right away when it is none.
 */
export function readServiceRequest(inputs: Inputs<ServiceInputs>): ServiceRequest | undefined {
  const code = readSiteCode(inputs.part(SITE_INPUTS));
  const connection = readConnection(inputs.part(CONNECTION_INPUTS), code);
  const siteServer = readSiteServer(inputs);
  const images = nonEmpty(readImages(inputs));
  const updateGroups = inputs.names('update-group');
  const options = allOf({
    updates: readUpdateReferences(inputs, updateGroups.length > 0),
    excludeUpdates: readExcludedUpdates(inputs),
    ...readSwitches(inputs),
    start: readStart(inputs),
    unusableUpdates: inputs.choice('unusable-updates'),
    alreadyInstalled: inputs.choice('already-installed'),
    supersededUpdates: inputs.choice('superseded-updates'),
    notRequiredUpdates: inputs.choice('not-required-updates'),
    unsupportedImages: inputs.choice('unsupported-images'),
    ifScheduled: inputs.choice('if-scheduled'),
    writeOrder: inputs.choice('write-order'),
  });
  const follow = readWait(inputs);
  const isWrong = inputs.errors.all.length > 0;
  if (isWrong || connection === undefined || images === undefined || options === undefined) return undefined;
  return { connection, servicing: { siteCode: code, siteServer, images, updateGroups, ...options }, follow };
}

/** Undefined where nobody waits, and when an error was added. */
function readWait(inputs: Inputs<ServiceInputs>): FollowSettings | undefined {
  const wait = inputs.choice('wait');
  if (wait === undefined) return undefined;
  if (wait === 'none') {
    refuseFollowInputs(
      inputs.part(FOLLOW_INPUTS),
      inputs.assign('wait', 'none'),
      inputs.assign('wait', 'servicing'),
    );
    return undefined;
  }
  if (wait === 'distribution' && inputs.boolean('update-distribution-points') === false) {
    inputs.errors.add(
      'OS107',
      `${inputs.assign('wait', 'distribution')} has no use without ${inputs.spell('update-distribution-points')}.`,
      `Write ${inputs.assign('update-distribution-points', 'true')}, or ${inputs.assign('wait', 'servicing')}.`,
    );
  }
  return readFollow(inputs.part(FOLLOW_INPUTS), wait);
}

type FollowName = (typeof FOLLOW_INPUTS)[number]['name'];
type SwitchInput = Exclude<
  Extract<ServiceInputs[number], { readonly kind: { readonly is: 'boolean' } }>,
  { readonly name: FollowName }
>;
type Switches = Readonly<Record<CamelName<SwitchInput['name']>, boolean | undefined>>;

/** Every input that is on or off, by the name that the request has for it. */
function readSwitches(inputs: Inputs<ServiceInputs>): Switches {
  const isSwitch = (input: ServiceInputs[number]): input is SwitchInput =>
    input.kind.is === 'boolean' && !isOfFollowing(input.name);
  const read = SERVICE_INPUTS.filter(isSwitch).map(
    ({ name }) => [camelName(name), inputs.boolean(name)] as const,
  );
  // The names are those of the definitions, each once.
  return Object.fromEntries(read) as Switches;
}

/** Those are read together, and only where somebody waits. */
function isOfFollowing(name: string): boolean {
  return FOLLOW_INPUTS.some((input) => input.name === name);
}

const DEFINITIONS: readonly InputDefinition[] = SERVICE_INPUTS;

/** What a request has that names none of them. */
export const DEFAULT_SWITCHES = Object.fromEntries(
  DEFINITIONS.flatMap(({ name, kind, default: fallback }) =>
    kind.is === 'boolean' && !isOfFollowing(name) ? [[camelName(name), fallback === 'true'] as const] : [],
  ),
) as Readonly<Record<CamelName<SwitchInput['name']>, boolean>>;

type Options = Omit<ServicingRequest, 'siteCode' | 'siteServer' | 'images' | 'updateGroups'>;

/** Undefined when one of them is: an error was given for it then. */
function allOf(options: { readonly [Name in keyof Options]: Options[Name] | undefined }):
  Options | undefined {
  const isComplete = Object.values(options).every((value) => value !== undefined);
  // Every value was just seen to be there.
  return isComplete ? (options as Options) : undefined;
}

function readImages(inputs: Inputs<ServiceInputs>): readonly NameReference[] {
  const images = inputs.names('image');
  if (images.length === 0 && !inputs.isChosen('image')) inputs.missing('image', '');
  return images;
}

function readSiteServer(inputs: Inputs<ServiceInputs>): string | undefined {
  const given = inputs.text('site-server');
  if (given === undefined) return undefined;
  if (isHostName(given) && given.includes('.')) return given;
  return inputs.errors.add(
    'OS106',
    `${inputs.spell('site-server')} is ${shown(given)}, which is no fully qualified name.`,
    `Write the FQDN of the site server${inputs.example('site-server')}.`,
  );
}
