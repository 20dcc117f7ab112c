import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from '../../src/provider/private-folder.js';
import { describeDefaultSite, startSimulator, } from '../../src/simulator/index.js';
import { figure } from './table.js';
/** The group that the generator of sites makes on demand, and the image that all of its updates can be used for. */
export const GROUP = 'Benchmark';
export const IMAGE = 'Windows Server 2022';
export const TOKEN = 'a-token-of-the-benchmark-0123456789';
/**
 * Servicing an image takes an hour or so on a real site too. Here it means that a run does not find its updates
 * installed by the run before it, so that each does the same work.
 */
const SERVICING_MILLISECONDS = 3_600_000;
export function nameSize({ updates, group }) {
    return `a site of ${figure(updates)} updates, a group of ${figure(group)}`;
}
export async function openBenchSite(size, options = {}) {
    const { latencyMilliseconds = 0 } = options;
    const generated = describeDefaultSite({ updates: size.updates, groupOf: size.group });
    const image = generated.images.find(({ name }) => name === IMAGE);
    if (image === undefined)
        throw new Error(`The generator makes no image "${IMAGE}".`);
    const copies = Array.from({ length: (options.images ?? 1) - 1 }, (_, at) => copyOf(generated, image, at + 1));
    const description = {
        ...generated,
        images: [...generated.images, ...copies.map((copy) => copy.image)],
        imageUpdates: [...generated.imageUpdates, ...copies.flatMap(({ imageUpdates }) => imageUpdates)],
    };
    const simulator = await startSimulator({
        description,
        token: TOKEN,
        latencyMilliseconds,
        servicingMilliseconds: SERVICING_MILLISECONDS,
    });
    const folder = makePrivateFolder(process.env);
    const caCertificate = join(folder.path, 'ca.pem');
    writeFileSync(caCertificate, simulator.certificatePem);
    return {
        size,
        images: [IMAGE, ...copies.map((copy) => copy.image.name)],
        siteServer: description.site.serverName,
        simulator,
        caCertificate,
        close: async () => {
            await simulator.stop();
            await folder.remove();
        },
    };
}
/** An image like the other one, in a file of its own, and the same rows of status for it. */
function copyOf({ imageUpdates }, image, number) {
    const packageId = `LAB0B${String(number).padStart(3, '0')}`;
    return {
        image: {
            ...image,
            packageId,
            name: `${image.name}, copy ${number}`,
            sourcePath: image.sourcePath.replace(image.packageId, packageId),
        },
        imageUpdates: imageUpdates
            .filter((row) => row.packageId === image.packageId)
            .map((row) => ({ ...row, packageId })),
    };
}
/** Opens a site for as long as something is measured on it. */
export async function onSite(size, act, options) {
    const site = await openBenchSite(size, options);
    try {
        return await act(site);
    }
    finally {
        await site.close();
    }
}
//# sourceMappingURL=bench-site.js.map