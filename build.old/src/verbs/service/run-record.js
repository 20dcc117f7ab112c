import { entriesOf } from './log-lines.js';
import { isWarning } from './warnings.js';
/** All that a run tells while it goes on, kept for its report: a run that fails returns nothing else. */
export class RunRecord {
    /** Milliseconds since 1970. */
    startedAt;
    request;
    site;
    hasBegunToWrite = false;
    groups = [];
    articles = [];
    images = new Map();
    schedules = new Map();
    retries = [];
    warnings = [];
    /** Of images that are told themselves only later: what applies to them has to be known before their details are read. */
    #applicable = new Map();
    /** Milliseconds since 1970. */
    now;
    constructor(now) {
        this.now = now;
        this.startedAt = now();
    }
    /** Keeps what is asked for, and hands it on. */
    asked(request) {
        this.request = request;
        return request;
    }
    hear(progress) {
        if (isWarning(progress))
            this.warnings.push(...entriesOf(progress).map(({ line }) => line));
        switch (progress.kind) {
            case 'site-found':
                this.site = progress.site;
                return;
            case 'line-is-one-name':
                this.request = this.request && withWholeLine(this.request, progress.line);
                return;
            case 'image-found': {
                const { image, siteServer, indexes, versions } = progress;
                this.images.set(image.packageId, {
                    image,
                    siteServer,
                    indexes,
                    versions,
                    applicable: this.#applicable.get(image.packageId),
                    selection: undefined,
                });
                return;
            }
            case 'group-found':
                this.groups.push({ group: progress.group, updates: progress.updates });
                return;
            case 'article-found':
                this.articles.push({ article: progress.article, updates: progress.updates });
                return;
            case 'applicable-found':
                this.#applicable.set(progress.image.packageId, progress.updates);
                return;
            case 'selected': {
                const { image, selection } = progress;
                const found = this.images.get(image.packageId);
                if (found !== undefined)
                    this.images.set(image.packageId, { ...found, selection });
                return;
            }
            case 'schedule-written':
                this.schedules.set(progress.scheduleId, { name: progress.name, startsAt: undefined });
                return;
            case 'started': {
                const written = this.schedules.get(progress.scheduleId);
                if (written !== undefined)
                    this.schedules.set(progress.scheduleId, { ...written, startsAt: progress.startsAt });
                return;
            }
            case 'retry':
                this.retries.push(progress.notice);
                return;
            case 'writing':
                this.hasBegunToWrite = true;
                return;
            case 'servicing-doubtful':
            case 'settings':
            case 'exclusion-without-effect':
            case 'cleanup-found':
            case 'image-of-other-site':
            case 'also-scheduled':
            case 'schedules-not-shown':
            case 'draft-beside':
            case 'looking-up':
            case 'links-written':
            case 'read-back':
            case 'taken-early':
            case 'stray-schedule-left':
            case 'undoing':
            case 'not-tidied-up':
                return;
        }
    }
}
/** The request, with a line that turned out to be one name as that name. */
function withWholeLine(request, line) {
    const whole = (each) => typeof each !== 'string' && each.line === line ? line : each;
    const { servicing } = request;
    const [image, ...otherImages] = servicing.images;
    return {
        ...request,
        servicing: {
            ...servicing,
            images: [whole(image), ...otherImages.map(whole)],
            updateGroups: servicing.updateGroups.map(whole),
        },
    };
}
//# sourceMappingURL=run-record.js.map