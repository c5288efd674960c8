import * as z from 'zod';
import { Failure } from '../src/base/failure.ts';
import type { Answer } from '../src/respond/answer.ts';
import { ticketId } from '../src/tool-kit/arguments/parameters.ts';
import { isReference } from '../src/tool-kit/arguments/written-ids.ts';
import { fileAnswer, folderNeeded } from '../src/tool-kit/definition/as-file.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';

export const getCaptureAsset = defineTool({
  name: 'get_capture_asset',
  title: 'Get a picture',
  scope: 'read',
  effect: 'read',
  asFile: 'the original, in a folder of this machine',
  description: 'Shows a screenshot or an attachment, scaled down; as link: a temporary URL of the original.',
  input: {
    ticket_id: ticketId,
    asset: z
      .string()
      .min(1, 'must not be empty')
      .max(200, 'is longer than any id')
      .refine(isReference, 'is not an asset')
      .optional()
      .meta({
        description: 'screenshot, screenshot_with_annotations or an attachment’s id',
        default: 'screenshot_with_annotations',
      }),
    as: z.enum(['image', 'link', 'file']).optional().meta({ description: 'link: the URL', default: 'image' }),
  },
  output: z.object({
    url: z.string(),
    content_type: z.string().optional(),
    width: z.number().optional(),
    height: z.number().optional(),
    expires_at: z.string().optional(),
  }),
  run: async ({
    api,
    input: { ticket_id, asset = 'screenshot_with_annotations', as = 'image' },
    fetchPicture,
    fetchOriginal,
    saveFile,
  }): Promise<Answer> => {
    if (as === 'file' && !saveFile) throw folderNeeded('get_capture_asset');
    const found = await api.getAsset({ ticket_id, asset });
    const answer: Answer = { data: { ticket_id, asset, ...found }, omitFromText: ['ticket_id', 'asset'] };
    if (as === 'link') return answer;
    if (as === 'file') {
      const { bytes, kind } = await fetchOriginal(found);
      const saved = await saveFile!({ what: 'picture', extension: kind }, (sink) => sink(bytes));
      const { width, height } = found;
      const size = width && height ? `, ${width} × ${height} pixels` : '';
      return fileAnswer(saved, `${kind.toUpperCase()}${size}`, { ...answer.data, count: 1 }, []);
    }
    try {
      const { pieces, width, height, factor } = await fetchPicture(found);
      answer.content = pieces.map((piece) => ({ type: 'image', ...piece }));
      if (factor === 1 && pieces.length === 1) answer.omitFromText = [...answer.omitFromText!, 'shown'];
      // Who sees the picture needs no address that is gone in minutes; as link gives it.
      answer.omitFromText = [...answer.omitFromText!, 'url', 'expires_at'];
      answer.data.shown = { width, height, pieces: pieces.length > 1 ? pieces.length : undefined };
      answer.notes = [
        ...(pieces.length > 1 ? [`It is long, so it comes in ${pieces.length} pieces, in order.`] : []),
        ...(factor < 1
          ? [
              `Shown at ${Math.round(factor * 100)} % of its size (as link: the original); annotations are in the original’s pixels.`,
            ]
          : []),
      ];
    } catch (error) {
      if (!(error instanceof Failure) || error.code === 'cancelled') throw error;
      answer.notes = [`The picture itself could not be shown: ${error.sentence} Its address is here.`];
    }
    return answer;
  },
});
