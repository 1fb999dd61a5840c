import { Cloud, World } from "../../../../lab/truenas/index.ts";

/** A key that reaches every bucket of the cloud in which the stories take place. */
export const CLOUD_KEY = { id: "K0offsite", secret: "planted-cloud-secret" };

/** The bucket that tasks keep their files in; there is another one called `elsewhere`. */
export const OFFSITE = "offsite";

/** A world with a cloud in which tasks find what they ask for. */
export function surroundingWorld(): World {
  const cloud = new Cloud();
  cloud.admit(CLOUD_KEY);
  for (const bucket of [OFFSITE, "elsewhere"]) {
    cloud.makeBucket(bucket);
    for (const folder of ["sync", "else/where"]) {
      const file = { bucket, name: `${folder}/a.jpg`, body: "sunset", bytes: 6, version: cloud.nextVersion() };
      cloud.objects.put(`${bucket}/${file.name}`, file);
    }
  }

  return new World({ cloud });
}
