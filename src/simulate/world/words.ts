/** What the shop sells, writes about and is asked for. */
export const ADJECTIVES =
  "oak walnut birch linen wool cotton leather copper brass steel ceramic glass bamboo cork velvet matte foldable stackable slim wide tall low round square compact modular vintage nordic rustic classic quiet warm soft bright dark natural organic recycled waterproof cordless".split(
    " ",
  );

export const NOUNS =
  "lamp chair table desk shelf sofa bench stool mirror rug curtain cushion blanket basket vase bowl plate mug kettle pan knife board clock frame hook rack drawer bed mattress pillow towel mat planter ladder trolley box tray jar candle fan heater speaker charger cable backpack wallet bottle umbrella notebook pencil".split(
    " ",
  );

export const CATEGORIES =
  "lighting living-room bedroom kitchen bathroom office garden kids storage textiles decoration tableware cookware outdoor tools electronics travel stationery sale new-arrivals bestsellers gifts eco-friendly clearance desks chairs sofas beds rugs curtains".split(
    " ",
  );

export const ARTICLES =
  "shipping-and-delivery returns-and-refunds payment-methods order-status warranty sizes care-instructions gift-cards contact careers privacy imprint sustainability store-pickup newsletter how-to-choose-a-desk-lamp small-flat-big-ideas wool-rugs-explained five-rules-for-a-tidy-kitchen meet-the-makers oak-or-walnut spring-colours the-right-chair winter-sale-preview inside-our-workshop".split(
    " ",
  );

/** Ordinary searches, most wanted first. */
export const TERMS =
  "desk lamp,office chair,sofa,rug,bookshelf,bed 140x200,mirror,curtains,kitchen knife,dining table,sofa bed,wardrobe,kids desk,wool blanket,garden bench,planter,led strip,standing desk,coat rack,shoe cabinet,pillow 80x80,lampe,schreibtisch,stuhl,küchenmesser,canapé,table basse,étagère,bureau,silla,mesa,armadio,specchio,lampka,krzesło,kast,spiegel,fauteuil,skrivbord,gift card,mug,vase,bambus,charger usb-c,cable 2m,towel set,bath mat,basket,candle,clock".split(
    ",",
  );

/** Ordinary text that looks like an attack to a careless reader: quotes, SQL words, markup, formulas, paths. */
export const ODD_TERMS = [
  "o'brien table lamp",
  "women's 9 1/2",
  "rock 'n' roll poster",
  "select a size or colour",
  "drop leaf table",
  "drop table",
  "union jack cushion",
  "table and chairs set or bench",
  "where is my order",
  "insert for cutlery drawer",
  "delete account",
  "1=1 scale model",
  "5' x 7' rug",
  '24" monitor stand',
  "<3 mug",
  "a > b candle",
  "<b>oak</b> shelf",
  "bed & mattress; 140x200",
  "chair -- black",
  "desk/*white*/",
  "C:\\Users\\Public\\shopping list.txt",
  "../ frame a4",
  "etc and more",
  "50% off",
  "100% wool",
  "{{size}} curtains",
  "$10 gift",
  "cat bowl | dog bowl",
  "sleep(8) eye mask",
  "script font sign",
  "javascript mug",
  "onerror poster",
  "admin' desk",
  "or '70s lamp",
  "l'étagère d'angle",
  "http://www.shop.example/p/oak-lamp-100012",
  "php elephant plush",
  "eval chair ergonomic",
  "=SUM(desk)",
  "null",
  "undefined",
  "NaN",
];

export const GIVEN_NAMES =
  "anna ben carla david elena finn greta hugo ines jonas katja liam maria noah olga paul quentin rosa sara tom ute victor wendy xavier yara zoe emma lukas mia leon sofia james olivia harry amelia jack chloe louis manon theo camille sanne daan lucia mateo giulia marco zofia jakub elsa oskar priya arjun".split(
    " ",
  );

export const FAMILY_NAMES =
  "schmidt mueller weber fischer becker hoffmann koch richter smith jones taylor brown o'brien o'neill d'angelo wilson evans martin bernard dubois moreau laurent de-vries jansen bakker visser garcia lopez martinez rossi russo ferrari kowalski nowak wisniewska johansson karlsson gruber huber keller meier sharma patel silva santos tanaka sato nguyen clark lewis walker union drop".split(
    " ",
  );

export const MAIL_HOSTS =
  "gmail.example mail.example web.example outlook.example posteo.example free.example icloud.example proton.example uni-west.example".split(
    " ",
  );
