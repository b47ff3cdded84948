/** Notes as a sender's staff might write them: no content, nobody's name. */
export const notes = [
  { language: 'en', text: 'The account was opened last year and had been quiet since the summer.' },
  { language: 'de', text: 'Das Konto wurde nach mehreren Nutzermeldungen überprüft und vorläufig gesperrt.' },
  { language: 'fr', text: 'Le compte a été signalé deux fois ; les journaux de connexion sont conservés.' },
  { language: 'es', text: 'La cuenta comparte dispositivo de pago con otra ya notificada.' },
  { language: 'it', text: 'Segnalazione ricevuta dopo il controllo manuale di un moderatore.' },
  { language: 'pl', text: 'Konto zostało zablokowane; dane logowania zachowano na dziewięćdziesiąt dni.' },
  { language: 'nl', text: 'De gebruiker heeft na de eerste waarschuwing een tweede account geopend.' },
  { language: 'el', text: 'Ο λογαριασμός χρησιμοποιήθηκε από δύο συσκευές την ίδια ημέρα.' },
  { language: 'bg', text: 'Профилът е създаден преди три месеца и е свързан с предишен сигнал.' },
  { language: 'fi', text: 'Käyttäjätunnus on yhdistetty aiempaan ilmoitukseen samasta palvelusta.' },
  { language: 'ro', text: 'Contul a fost suspendat după ce sistemul a găsit o potrivire exactă.' },
  { language: 'hu', text: 'A fiókot a felhasználók jelzése után felfüggesztettük.' },
] as const;

export const nameParts = [
  'river',
  'stone',
  'north',
  'maple',
  'quiet',
  'amber',
  'delta',
  'field',
  'lumen',
  'harbour',
] as const;
