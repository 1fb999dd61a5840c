import { formatSchedule, type Site } from "../../../src/site/index.ts";
import { asRoot, type Facts, login } from "../facts.ts";
import { commands, list, page, steps, table } from "../markdown.ts";

/** An appliance's own settings are brought back to a new installation. */
export function applianceConfiguration({ site, stack }: Facts): string {
  const copies = Object.entries(site.configurationCopies?.appliances ?? {});
  return page(
    "# An appliance's configuration is restored",
    "Everything that this project declares, one `up` makes anew. The rest (passwords of accounts, certificates, what was set by hand) is in the appliance's database, and what is secret in it only its secret seed opens.",
    "## What is copied",
    copies.length === 0
      ? "**Nothing yet**: the site declares no `configurationCopies`. Until it does, save it by hand after every change: System, General, Manage Configuration, Download File, *with* the password secret seed; and keep the file encrypted outside the house."
      : table(
          ["appliance", "into", "when", "kept"],
          copies.map(([name, copy]) => [
            name,
            `\`${copy.dataset}\``,
            `\`${formatSchedule(copy.schedule)}\``,
            String(copy.keep),
          ]),
        ),
    "## Before the first copy",
    copies.length === 0 ? "" : certificateOfYourOwn(stack, site),
    "## Who needs what",
    table(
      ["who", "what"],
      [
        ["the owner", "`recovery-key.pem`, kept with the [recovery sheet](recovery-sheet.html); 15 minutes"],
        ["somebody with the administrator's password", "the web page of the new installation"],
      ],
    ),
    "## Do",
    steps(
      ...copies.map(([name, copy]) => fetchCopy(name, copy.dataset, site)),
      `Open it, on a computer that you trust:\n\n${commands(
        "openssl cms -decrypt -inform DER -in APPLIANCE-DATE.tar.cms -inkey recovery-key.pem -out APPLIANCE-DATE.tar",
        "tar -tf APPLIANCE-DATE.tar    # freenas-v1.db and pwenc_secret",
      )}`,
      "Upload the tar file to the new installation of the same release: System, General, Manage Configuration, Upload File. It restarts, and imports the pools whose disks are there.",
      "Destroy the opened file: `shred -u APPLIANCE-DATE.tar`.",
      `Let the project put right what has changed since:\n\n${commands(
        "npm run pulumi -- refresh --run-program",
        "npm run pulumi -- up --policy-pack policies",
      )}`,
    ),
    "## Check",
    commands(`npm run verify -- --stack ${stack}`),
    list(
      "Without the seed, or with another one, the database comes back, but every secret in it is empty: replication and offsite tasks are gone. One `up` makes those again that this project declares.",
    ),
  );
}

/** How the owner comes to hold the key that opens every copy. */
function certificateOfYourOwn(stack: string, { configurationCopies }: Site): string {
  const state =
    configurationCopies?.confirmed === undefined
      ? "**Not done yet**: nobody has confirmed to hold the private key of the certificate in the site, and what is copied until then nobody opens."
      : "Done: the site confirms that the private key of its certificate is kept. Do it again for another certificate.";
  const make = commands(
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=recovery -keyout recovery-key.pem -out recovery-certificate.pem",
  );
  const print = commands("openssl x509 -in recovery-certificate.pem -outform DER | sha256sum | cut -c 1-12");
  return `${state}\n\n${steps(
    `On a computer that you trust, make a certificate; its name and date mean nothing:\n\n${make}`,
    `Write \`recovery-certificate.pem\` into \`configurationCopies.certificate\` of \`Pulumi.${stack}.yaml\`, and run \`up\`.`,
    "Print `recovery-key.pem`, pin it to the [recovery sheet](recovery-sheet.html), and remove the file: `shred -u recovery-key.pem`.",
    `The day after, open a copy with the key as it is printed, by the steps below. Then confirm it as \`configurationCopies.confirmed\`, in quotes:\n\n${print}`,
  )}`;
}

/** The copies are root's own; they are encrypted, so a readable one in /tmp gives nothing away. */
function fetchCopy(name: string, dataset: string, site: Site): string {
  const places = [
    { appliance: name, dataset },
    ...Object.values(site.replications).flatMap(({ source, target, method }) =>
      source.appliance === name && source.dataset === dataset && method === "zfs" ? [target] : [],
    ),
  ];
  const ways = places.flatMap(({ appliance: at = "", dataset: kept }, where) => {
    const appliance = site.appliances[at];
    if (appliance === undefined) return [];
    const root = asRoot(appliance);
    const to = `${appliance.ssh.user}@${appliance.addresses[appliance.ssh.network]}`;
    return [
      where === 0 ? `Fetch the newest copy of ${name}:` : `Where ${name} is gone, the same files are on ${at}:`,
      commands(
        login(appliance),
        `${root}ls -t /mnt/${kept} | head -3`,
        `${root}install -m 644 /mnt/${kept}/${name}-DATE.tar.cms /tmp/`,
      ),
      "Then on your own computer:",
      commands(`scp${appliance.ssh.port === 22 ? "" : ` -P ${appliance.ssh.port}`} ${to}:/tmp/${name}-DATE.tar.cms .`),
    ];
  });
  const elsewhere = Object.entries(site.offsites).filter(
    ([, { source }]) => source.appliance === name && source.dataset === dataset,
  );
  return [
    ...ways,
    ...elsewhere.map(
      ([copy]) => `Where both are gone, they are in the offsite copy ${copy}: [restic-by-hand.md](restic-by-hand.md).`,
    ),
  ].join("\n\n");
}
