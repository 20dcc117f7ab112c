import { OUTPUTS } from '../../src/parameters/input-table.js';
import { PIPELINE_INPUTS } from './pipeline-inputs.js';
import { AUTHOR, GITHUB_BUNDLE, PRODUCT_DESCRIPTION, PRODUCT_NAME } from './product.js';
export function actionManifest() {
    return {
        name: PRODUCT_NAME,
        description: PRODUCT_DESCRIPTION,
        author: AUTHOR,
        branding: { icon: 'disc', color: 'blue' },
        inputs: Object.fromEntries(PIPELINE_INPUTS.map(({ name, help, required, default: fallback }) => [
            name,
            { description: help, required, ...(fallback !== undefined && { default: fallback }) },
        ])),
        outputs: Object.fromEntries(OUTPUTS.map(({ name, help }) => [name, { description: help }])),
        runs: { using: 'node24', main: GITHUB_BUNDLE },
    };
}
//# sourceMappingURL=action-manifest.js.map