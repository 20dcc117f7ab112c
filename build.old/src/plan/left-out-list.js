const MOST_LISTED = 20;
/** Updates that are left out, each with its reason: `KB5034441, CI_ID 16778001 (content not downloaded); …`. */
export function listLeftOut(updates) {
    const named = updates.slice(0, MOST_LISTED).map(({ ciId, update, reason }) => {
        const article = update?.article === undefined ? '' : `${update.article}, `;
        return `${article}CI_ID ${ciId} (${reason.why.replaceAll('-', ' ')})`;
    });
    const more = updates.length - named.length;
    return named.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
//# sourceMappingURL=left-out-list.js.map