import { startText } from './json-request.js';
/** What every schedule of a run gets: `Start now · distribution points: not updated · on update error: stop`. */
export function settingsText(settings) {
    const { start, updateDistributionPoints, continueOnUpdateError } = settings;
    return [
        `Start ${startForPeople(start)}`,
        `distribution points: ${updateDistributionPoints ? 'updated' : 'not updated'}`,
        `on update error: ${continueOnUpdateError ? 'continue' : 'stop'}`,
    ].join(' · ');
}
function startForPeople(start) {
    const text = startText(start).replace('T', ' ');
    switch (start.kind) {
        case 'now':
            return text;
        case 'moment':
            return text.replace('Z', ' UTC');
        case 'site-time':
            return `${text} by the clock of the source site`;
    }
}
//# sourceMappingURL=settings-text.js.map