import type { PictureName } from '../picture-sizes.ts';
import type { Svg } from '../svg.ts';
import { arabicSteps } from './arabic.ts';
import { categoryImages, germanLabels } from './catalogue.ts';
import { checkout } from './checkout.ts';
import { corsWidgets, dashboardLeak, sessionSpinner } from './dashboards.ts';
import { dispatchFreeze, mapTiles } from './dispatch.ts';
import { hebrewCard, offlinePhotos, signature, staleWorker } from './field-phone.ts';
import { csvUmlauts, doubleCharge, invoiceDates } from './office.ts';
import { touchDrag } from './planning.ts';
import { currencyNan, hostileReview, modalAsDesigned, safariCart, sizeGuide } from './product.ts';
import { avatar413, darkContrast, settingsLight } from './settings.ts';

/** One scene a picture, in pixels of the page. */
export const scenes: Record<PictureName, () => Svg> = {
  checkout,
  'safari-cart': safariCart,
  'double-charge': doubleCharge,
  'size-guide': sizeGuide,
  'modal-as-designed': modalAsDesigned,
  'german-labels': germanLabels,
  'category-images': categoryImages,
  'currency-nan': currencyNan,
  'arabic-steps': arabicSteps,
  'hostile-review': hostileReview,
  'csv-umlauts': csvUmlauts,
  'invoice-dates': invoiceDates,
  'session-spinner': sessionSpinner,
  'dashboard-leak': dashboardLeak,
  'avatar-413': avatar413,
  'dark-contrast': darkContrast,
  'settings-light': settingsLight,
  'cors-widgets': corsWidgets,
  'touch-drag': touchDrag,
  'offline-photos': offlinePhotos,
  signature,
  'hebrew-card': hebrewCard,
  'stale-worker': staleWorker,
  'map-tiles': mapTiles,
  'dispatch-freeze': dispatchFreeze,
};
