import type { ReadImage } from './read-details.js';
import type { UpdateSelection } from './update-selection.js';

export interface ImageSelection {
  readonly image: ReadImage;
  readonly selection: UpdateSelection;
}
