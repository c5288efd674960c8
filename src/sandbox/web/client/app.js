// What the pages do beyond being read: they stay true by themselves, cards can be dragged, forms don't reload.

import { enhanceBoard } from './board.js';
import { enhanceForms } from './forms.js';
import { followChanges } from './live.js';
import { enhanceShortcuts } from './shortcuts.js';
import { enhanceTokenForm } from './token-form.js';
import { showKept } from './unsaved-text.js';
import { enhanceWidgets } from './widgets.js';

document.documentElement.classList.add('has-script');
enhanceWidgets();
enhanceForms();
enhanceBoard();
enhanceTokenForm();
enhanceShortcuts();
followChanges();
showKept();

// A page that answered a form is asked for anew by a reload, not sent again.
const { reloadAt } = document.body.dataset;
if (reloadAt) history.replaceState(null, '', reloadAt);
