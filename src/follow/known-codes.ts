/** What is known of one error code of servicing (docs/configmgr.md, "Error codes of servicing"). */
export interface KnownCode {
  /** As the headers of Windows have it; undefined where only the meaning is known. */
  readonly name: string | undefined;
  /** What it says, in one sentence. */
  readonly words: string;
  /** What to do; undefined where no source tells more than the words. */
  readonly advice: string | undefined;
}

const known = (name: string | undefined, words: string, advice?: string): KnownCode => ({
  name,
  words,
  advice,
});

const STALE_MOUNT =
  'Make sure that nothing else uses the image. Then run dism /cleanup-wim on the site server, or dism /unmount-image /discard for the folder, and service the image again.';
const DAMAGED_IMAGE =
  'Service a new copy of the vendor’s image. Run dism /image:<folder> /cleanup-image /scanhealth on the mounted image to see what is missing.';
const OTHER_FORM =
  'This file of the update is no package that can be added to an offline image. Exclude the update.';
const LOCKED =
  'Exclude the folder ConfigMgr_OfflineImageServicing from the antivirus scanner, and close what has the image open.';

/** By the HRESULT, unsigned. */
export const KNOWN_CODES: ReadonlyMap<number, KnownCode> = new Map([
  [
    0x80004001,
    known(
      'E_NOTIMPL',
      'The site cannot check whether the update applies to the image.',
      'Service an image of a newer build: cumulative updates of 2021 need revision 985 of Windows 10, versions 2004 to 21H1.',
    ),
  ],
  [0x80004005, known('E_FAIL', 'The operation failed for a reason that the code does not tell.')],
  [
    0x800401e3,
    known(
      'MK_E_UNAVAILABLE',
      'DISM gave the package to the Windows Update agent, which cannot download for an offline image.',
      'The package has the form of the Unified Update Platform. Remove checkpoint packages beside it, or service the image outside the site.',
    ),
  ],
  [
    0x80070002,
    known(
      'ERROR_FILE_NOT_FOUND',
      'A file was not found.',
      'Check that the content of the update is in the content library of the site server, for all of its languages.',
    ),
  ],
  [0x80070003, known('ERROR_PATH_NOT_FOUND', 'A folder was not found.')],
  [
    0x80070005,
    known(
      'ERROR_ACCESS_DENIED',
      'Access is denied.',
      'The computer account of the site server needs write access to the share of the image.',
    ),
  ],
  [0x8007000d, known('ERROR_INVALID_DATA', 'The data is invalid.')],
  [0x80070020, known('ERROR_SHARING_VIOLATION', 'A file is in use by another process.', LOCKED)],
  [
    0x80070032,
    known('ERROR_NOT_SUPPORTED', 'The request is not supported for this form of file.', OTHER_FORM),
  ],
  [
    0x80070070,
    known(
      'ERROR_DISK_FULL',
      'There is not enough space on the disk.',
      'Free space on the drive of ConfigMgr_OfflineImageServicing and at the source of the image.',
    ),
  ],
  [
    0x8007007b,
    known(
      'ERROR_INVALID_NAME',
      'A file name, folder name or volume label is not valid.',
      'Cumulative updates of Windows 11 before March 2022 fail with it. Use a later cumulative update.',
    ),
  ],
  [
    0x800700a1,
    known(
      'ERROR_BAD_PATHNAME',
      'A path is not valid: the image cannot be unmounted.',
      `The image was probably captured with reparse points, or an earlier run left a stale mount. ${STALE_MOUNT}`,
    ),
  ],
  [
    0x80070228,
    known(
      undefined,
      'DISM gave the package to the Windows Update agent, which cannot download for an offline image.',
      'The package has the form of the Unified Update Platform. Remove checkpoint packages beside it, or service the image outside the site.',
    ),
  ],
  [0x80073701, known('ERROR_SXS_ASSEMBLY_MISSING', 'A referenced assembly is missing.', DAMAGED_IMAGE)],
  [0x80073712, known('ERROR_SXS_COMPONENT_STORE_CORRUPT', 'The component store is damaged.', DAMAGED_IMAGE)],
  [
    0x8007371b,
    known(
      'ERROR_SXS_TRANSACTION_CLOSURE_INCOMPLETE',
      'Required members of the transaction are missing.',
      DAMAGED_IMAGE,
    ),
  ],
  [
    0x800f081e,
    known(
      'CBS_E_NOT_APPLICABLE',
      'The update does not apply to the image.',
      'It is for another build or architecture, or the image already has a newer one. Exclude the update.',
    ),
  ],
  [
    0x800f0823,
    known(
      'CBS_E_NEW_SERVICING_STACK_REQUIRED',
      'The update needs a newer servicing stack.',
      'Service the image with the servicing stack update of the same or a later month first, in a schedule of its own.',
    ),
  ],
  [
    0x800f082f,
    known(
      undefined,
      'The servicing session of the image is marked as exclusive.',
      'The image is captured or half serviced. Service a vendor’s image, or set SessionsPending\\Exclusive to 0 in the SOFTWARE hive of the image.',
    ),
  ],
  [0x800f0830, known(undefined, 'The image has the package already, or is damaged.', DAMAGED_IMAGE)],
  [0x800f0831, known(undefined, 'The component store is damaged, or a source is missing.', DAMAGED_IMAGE)],
  [
    0x800f0838,
    known(
      'CBS_E_MISSING_PREREQUISITE_BASELINES',
      'A checkpoint update is missing in the image.',
      'Add the checkpoint cumulative update first. Microsoft no longer supports offline servicing of such images by the site.',
    ),
  ],
  [0x80300013, known(undefined, 'The form of the file is refused.', OTHER_FORM)],
  [0xc0000142, known('STATUS_DLL_INIT_FAILED', 'A DLL could not be initialised.')],
  [0xc1420113, known(undefined, 'The image or its folder is mounted already.', STALE_MOUNT)],
  [0xc1420117, known(undefined, 'The folder could not be completely unmounted.', STALE_MOUNT)],
  [0xc1420126, known(undefined, 'The image is mounted already.', STALE_MOUNT)],
  [0xc1420127, known(undefined, 'The image is mounted already.', STALE_MOUNT)],
]);
