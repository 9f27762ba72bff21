export { editPack } from './edit-pack';
export type { PackEdit, PackEdits } from './pack-edit';
