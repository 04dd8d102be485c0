/** Names of HTML, SVG and the DOM by what they do. Sources: HTML Living Standard, SVG 2, MDN's event index. */
import { wordSet } from "../lexicon.ts";

/** Event handler content attributes without their "on". */
export const HANDLERS =
  wordSet(`abort activate afterprint afterscriptexecute afterupdate animationcancel animationend
  animationiteration animationstart auxclick beforeactivate beforecopy beforecut beforedeactivate beforeeditfocus
  beforeinput beforematch beforepaste beforeprint beforescriptexecute beforetoggle beforeunload beforeupdate begin blur
  bounce cancel canplay canplaythrough cellchange change click close contentvisibilityautostatechange contextmenu
  controlselect copy cuechange cut dataavailable datasetchanged datasetcomplete dblclick deactivate drag dragdrop
  dragend dragenter dragexit dragleave dragover dragstart drop durationchange emptied end ended error errorupdate
  filterchange finish focus focusin focusout formchange formdata forminput fullscreenchange fullscreenerror
  gesturechange gestureend gesturestart gotpointercapture hashchange help input invalid keydown keypress keyup
  languagechange layoutcomplete load loadeddata loadedmetadata loadend loadstart location losecapture
  lostpointercapture media message messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup
  mousewheel move moveend movestart mozfullscreenchange offline online orientationchange outofsync pagehide pageshow
  paste pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover
  pointerrawupdate pointerup popstate progress propertychange ratechange readystatechange repeat reset resize
  resizeend resizestart resume reverse rowdelete rowenter rowexit rowinserted scroll scrollend scrollsnapchange
  scrollsnapchanging search securitypolicyviolation seek seeked seeking select selectionchange selectstart show
  slotchange stalled start stop storage submit suspend syncrestored timeerror timeupdate toggle touchcancel touchend
  touchmove touchstart trackchange transitioncancel transitionend transitionrun transitionstart unhandledrejection
  unload urlflip volumechange waiting webkitanimationend webkitanimationiteration webkitanimationstart
  webkitmouseforcechanged webkitmouseforcedown webkitmouseforceup webkitplaybacktargetavailabilitychanged
  webkittransitionend webkitwillrevealbottom wheel zoom`);

/** Attributes whose value a browser takes as a URL to load or to go to. */
export const URL_ATTRIBUTES =
  wordSet(`href src action formaction data poster background xlink:href lowsrc dynsrc code
  codebase cite classid archive profile longdesc usemap manifest icon ping srcset from to values by value content
  folder datasrc implementation template handler`);

/** Tags that load or run something, and how much they tell on their own. */
export const ACTIVE_TAGS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    applet: 0.6,
    base: 0.6,
    bgsound: 0.6,
    embed: 0.55,
    frame: 0.55,
    frameset: 0.55,
    iframe: 0.6,
    ilayer: 0.6,
    import: 0.4,
    isindex: 0.65,
    layer: 0.55,
    link: 0.55,
    meta: 0.55,
    object: 0.55,
    portal: 0.5,
    style: 0.5,
    vmlframe: 0.6,
    xml: 0.4,
    form: 0.5,
    svg: 0.4,
    math: 0.3,
    animate: 0.3,
    set: 0.2,
    xss: 0.6,
    plaintext: 0.5,
    marquee: 0.4,
    noscript: 0.4,
  }),
);

/** Formatting that people and editors write. */
export const PLAIN_TAGS =
  wordSet(`a abbr article aside b blockquote br caption cite code col colgroup dd del div dl dt em
  figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label li main mark nav ol p pre q s samp section
  small span strong sub sup table tbody td tfoot th thead time tr tt u ul var font center strike picture source`);

/** Calls that show, send, write or evaluate. */
export const SINKS =
  wordSet(`alert prompt confirm eval settimeout setinterval setimmediate fetch import execscript
  fromcharcode atob btoa document.write document.writeln document.open write writeln insertadjacenthtml createcontextualfragment
  xmlhttprequest sendbeacon postmessage navigate globaleval open msgbox require importscripts $.get $.getscript
  $.ajax $.globaleval getscript print`);

/** Objects and properties that scripts of attackers reach for. */
export const DOM_TARGETS = [
  "document.cookie",
  "document.domain",
  "document.write",
  "document.location",
  "document.body",
  "document.url",
  "document.createelement",
  "document.getelement",
  "document.queryselector",
  "window.location",
  "window.open",
  "window.name",
  "window.onerror",
  "window[",
  "document[",
  "location.href",
  "location.hash",
  "location.replace",
  "location.assign",
  "location=",
  "localstorage.",
  "sessionstorage.",
  "navigator.sendbeacon",
  "string.fromcharcode",
  "self[",
  "top[",
  "this[",
  "frames[",
  "globalthis[",
  "parent[",
  "innerhtml",
  "outerhtml",
  "srcdoc",
  "constructor.constructor",
  "[].constructor",
  "reflect.",
  "function(",
  "new function",
  ".call`",
  ".apply`",
  "throw onerror",
  "onerror=",
  "__definegetter__",
  "__definesetter__",
  "textcontent=",
  "appendchild(",
] as const;
