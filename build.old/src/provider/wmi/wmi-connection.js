import { decodedOutcomes } from '../decoded-outcomes.js';
import { longestListOf, splitConditions, termsOf } from '../conditions.js';
import { curlRemovals } from '../curl-removal.js';
import { isConversed, nameOperation, } from '../port.js';
import { powerShellRemovals } from '../powershell-removal.js';
import { delayBefore } from '../retry-policy.js';
import { isOfWsManagement, isTransient, kindOf, mayHaveTakenEffect } from './cim-failure.js';
import { wordsOfFailure } from './failure-diagnosis.js';
import { capitalised, ended, outcomeOf } from './operation-outcome.js';
import { runScript } from './powershell-process.js';
import { diagnoseEnd } from './script-end.js';
import { canBeInQuery, FIRST_QUERY_TERMS, queryTexts } from './wql-query.js';
/** What PowerShell counts to: no limit. */
const LARGEST_SINT32 = 2_147_483_647;
/** Hundreds of operations that all take their whole limit are a provider that hangs. */
const SECONDS_FOR_EACH_OPERATION = 2;
/** The SMS Provider over WMI: one run of a PowerShell script with the CIM cmdlets for each batch. */
export class WmiConnection {
    /** The script goes through its batch from the first operation to the last. */
    readsOwnWrites = true;
    #options;
    #powerShell;
    /** Learnt from the first batch, and then not asked for again. */
    #place;
    /** How many comparisons a query of a class may have; halved where a site finds a query too complex. */
    #queryTerms = new Map();
    constructor(options) {
        this.#options = options;
        const { executable, scriptPath, environment, folder, place, limits } = options;
        this.#powerShell = {
            executable,
            scriptPath,
            environment,
            folder: folder.path,
            outputBytes: limits.outputBytes,
        };
        this.#place = {
            computer: place.computer ?? '',
            protocols: place.protocol === 'auto' ? ['wsman', 'dcom'] : [place.protocol],
            namespace: '',
        };
    }
    async run(operations, order, cancelled) {
        const outcomes = [];
        let pending = operations.map((operation, place) => {
            if (order === 'in-order' && isConversed(operation)) {
                throw new TypeError(`A batch in order cannot hold a ${operation.verb}.`);
            }
            return { place, operation };
        });
        for (let attempt = 1; pending.length > 0;) {
            const answers = await this.#runOnce(pending, order, cancelled);
            for (const { place, outcome } of answers)
                outcomes[place] = outcome;
            const tooComplex = answers.filter(({ again }) => again?.because === 'too-complex');
            const failed = answers.filter(({ again }) => again?.because === 'transient');
            pending = [...tooComplex, ...failed];
            const [first] = failed;
            if (first?.again === undefined)
                continue;
            if (attempt === this.#options.retry.attempts || cancelled.aborted) {
                pending = tooComplex;
                continue;
            }
            attempt += 1;
            await this.#pause(attempt, nameOperation(first.operation), first.again.why, failed.length, cancelled);
        }
        // Each outcome was made for the operation at its place.
        return decodedOutcomes(operations, outcomes);
    }
    removalCommands(removals, siteCode) {
        const { computer, protocols, namespace } = this.#place;
        const [protocol = 'wsman'] = protocols;
        const place = { computer, protocol, namespace: namespace || `root\\SMS\\site_${siteCode}` };
        // Of a provider on this machine the name is not known under which its administration service would be found.
        const service = computer === ''
            ? undefined
            : curlRemovals({
                address: `https://${computer}/AdminService`,
                isByToken: false,
                caCertificate: undefined,
                platform: process.platform,
            }, removals);
        return [powerShellRemovals(place, removals), service].filter((commands) => commands !== undefined);
    }
    async close() {
        await this.#options.folder.remove();
    }
    async #runOnce(pending, order, cancelled) {
        const { limits, place } = this.#options;
        const asked = pending.map((each) => ({ ...each, ...this.#forScript(each.operation) }));
        const calls = asked.reduce((sum, { script }) => sum + (script.verb === 'query' ? script.texts.length : 1), 0);
        const batch = {
            operations: asked.map(({ script }) => script),
            order,
            place: this.#place,
            siteCode: place.siteCode ?? '',
            credential: place.credential,
            operationSeconds: limits.operationSeconds,
            batchSeconds: limits.startSeconds + limits.operationSeconds + calls * SECONDS_FOR_EACH_OPERATION,
        };
        const run = cancelled.aborted
            ? NEVER_BEGUN
            : await runScript(this.#powerShell, batch, cancelled);
        this.#learn(run.lines);
        const lines = new Map(run.lines.flatMap((line) => ('number' in line ? [[line.number, line]] : [])));
        const hasPlace = run.lines.some(({ kind }) => kind === 'place');
        const silentFrom = asked.findIndex((_, number) => !lines.has(number));
        const hasEndedAtFailure = order === 'in-order' && [...lines.values()].some(({ kind }) => kind === 'failed');
        // In order, what follows the one that failed comes again after it.
        const [restAgain] = asked.flatMap(({ operation }, number) => {
            const line = lines.get(number);
            return line?.kind === 'failed' ? [againWithoutEffect(line, operation)] : [];
        });
        return asked.map(({ place: at, operation, forUs }, number) => {
            const context = this.#context(operation);
            const line = lines.get(number);
            if (line !== undefined) {
                const again = this.#again(line, operation, order);
                return { place: at, operation, outcome: outcomeOf(line, operation, forUs, context), again };
            }
            if (hasEndedAtFailure && run.end.ended === 'by-itself') {
                return {
                    place: at,
                    operation,
                    outcome: { state: 'not-attempted', diagnosis: undefined },
                    again: restAgain,
                };
            }
            const progress = hasPlace && number === silentFrom ? 'begun' : 'not-begun';
            const outcome = ended(operation, progress, diagnoseEnd(run, this.#powerShell.executable, context));
            return { place: at, operation, outcome, again: againAfter(run) };
        });
    }
    #forScript(operation) {
        if (operation.verb !== 'query')
            return { script: operation, forUs: [] };
        const { forSite, forUs } = splitConditions(operation.where, canBeInQuery);
        const properties = [...new Set([...operation.properties, ...forUs.map(({ property }) => property)])];
        const selected = [...new Set([...properties, ...operation.key])];
        const terms = this.#queryTerms.get(operation.class) ?? FIRST_QUERY_TERMS;
        const texts = queryTexts(operation, selected, forSite, terms);
        return {
            script: {
                verb: 'query',
                class: operation.class,
                texts,
                properties,
                lazyPropertiesBy: operation.withLazyProperties?.key ?? '',
                most: operation.rows?.kind === 'one-is-enough' && forUs.length === 0 ? 1 : LARGEST_SINT32,
            },
            forUs,
        };
    }
    /** Whether an operation that failed is worth another attempt. */
    #again(line, operation, order) {
        if (line.kind !== 'failed')
            return undefined;
        const kind = kindOf(line.failure);
        const hasOtherWay = isOfWsManagement(kind) && this.#takeOtherProtocol();
        const withoutEffect = againWithoutEffect(line, operation);
        if (withoutEffect !== undefined || order === 'in-order')
            return withoutEffect;
        const why = wordsOfFailure(line.failure);
        if (operation.verb === 'query' && kind === 'query-too-complex') {
            const terms = Math.min(termsOf(operation.where), this.#queryTerms.get(operation.class) ?? FIRST_QUERY_TERMS);
            if (longestListOf(operation.where) === 1 || terms <= operation.where.length)
                return undefined;
            this.#queryTerms.set(operation.class, Math.max(operation.where.length, Math.floor(terms / 2)));
            return { because: 'too-complex', why };
        }
        const isRead = operation.verb === 'query' || operation.verb === 'get' || operation.verb === 'describe';
        return isRead && (isTransient(kind) || hasOtherWay) ? { because: 'transient', why } : undefined;
    }
    /** Puts DCOM before WS-Management for the batches that come, where the choice is free. */
    #takeOtherProtocol() {
        const { computer, protocols } = this.#place;
        if (computer === '' || this.#options.place.protocol !== 'auto')
            return false;
        const isNew = protocols[0] !== 'dcom';
        this.#place = { ...this.#place, protocols: ['dcom', 'wsman'] };
        return isNew;
    }
    #learn(lines) {
        for (const line of lines) {
            if (line.kind !== 'place')
                continue;
            const { computer, namespace } = line;
            const worked = ['wsman', 'dcom'].filter((protocol) => protocol === line.protocol);
            const others = this.#place.protocols.filter((protocol) => protocol !== line.protocol);
            this.#place = { computer, namespace, protocols: worked.length === 0 ? [] : [...worked, ...others] };
        }
    }
    #context(operation) {
        return {
            operation: capitalised(nameOperation(operation)),
            computer: this.#place.computer,
            during: 'operation',
            operationSeconds: this.#options.limits.operationSeconds,
        };
    }
    async #pause(attempt, label, why, operations, cancelled) {
        const { retry, clock, random, onRetry } = this.#options;
        const delayMilliseconds = delayBefore(attempt, retry, random);
        onRetry({
            label: operations > 1 ? `${label} and ${operations - 1} more` : label,
            why,
            attempt,
            attempts: retry.attempts,
            delayMilliseconds,
        });
        await clock.sleep(delayMilliseconds, cancelled);
    }
}
const NEVER_BEGUN = {
    lines: [],
    end: { ended: 'killed', why: 'cancelled', complaint: '' },
    outOfTime: false,
};
/** A failure that says by itself that nothing was done and that this will pass: whatever was asked may be sent again. */
function againWithoutEffect({ failure }, { verb }) {
    if (kindOf(failure) !== 'ws-man-busy' || mayHaveTakenEffect(failure, verb))
        return undefined;
    return { because: 'transient', why: wordsOfFailure(failure) };
}
/** A script that did not get as far as the provider has done nothing, so that even writes may be sent again. */
function againAfter(run) {
    const stopped = run.lines.find((line) => line.kind === 'stopped');
    if (stopped?.why !== 'connect' || !isTransient(kindOf(stopped.failure)))
        return undefined;
    return { because: 'transient', why: wordsOfFailure(stopped.failure) };
}
//# sourceMappingURL=wmi-connection.js.map