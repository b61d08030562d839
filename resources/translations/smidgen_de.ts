<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AboutFacts</name>
    <message>
        <source>the window</source>
        <translation>das Fenster</translation>
    </message>
    <message>
        <source>training and inference</source>
        <translation>Training und Inferenz</translation>
    </message>
    <message>
        <source>audio devices and MIDI (core, events, audio_basics, audio_devices)</source>
        <translation>Audiogeräte und MIDI (core, events, audio_basics, audio_devices)</translation>
    </message>
    <message>
        <source>audio devices and MIDI on Linux</source>
        <translation>Audiogeräte und MIDI unter Linux</translation>
    </message>
    <message>
        <source>audio through a JACK server, where one is installed</source>
        <translation>Audio über einen JACK-Server, wo einer installiert ist</translation>
    </message>
    <message>
        <source>handing sound to the audio thread</source>
        <translation>die Übergabe von Klang an den Audio-Thread</translation>
    </message>
    <message>
        <source>reading and writing sound files</source>
        <translation>Lesen und Schreiben von Klangdateien</translation>
    </message>
    <message>
        <source>changing sample rates</source>
        <translation>Umrechnen von Abtastraten</translation>
    </message>
    <message>
        <source>tags of sound files</source>
        <translation>Tags von Klangdateien</translation>
    </message>
    <message>
        <source>loudness</source>
        <translation>Lautheit</translation>
    </message>
    <message>
        <source>spectra</source>
        <translation>Spektren</translation>
    </message>
    <message>
        <source>binaural sound</source>
        <translation>binauralen Klang</translation>
    </message>
    <message>
        <source>OSC</source>
        <translation>OSC</translation>
    </message>
    <message>
        <source>the library&apos;s index</source>
        <translation>das Verzeichnis der Bibliothek</translation>
    </message>
    <message>
        <source>compressed blocks of the library</source>
        <translation>komprimierte Blöcke der Bibliothek</translation>
    </message>
    <message>
        <source>archives of codes</source>
        <translation>Archive von Codes</translation>
    </message>
    <message>
        <source>recognising sounds and blocks</source>
        <translation>das Wiedererkennen von Klängen und Blöcken</translation>
    </message>
    <message>
        <source>recipes and settings</source>
        <translation>Rezepte und Einstellungen</translation>
    </message>
    <message>
        <source>results that may fail</source>
        <translation>Ergebnisse, die fehlschlagen können</translation>
    </message>
    <message>
        <source>the letters of the window</source>
        <translation>die Schrift des Fensters</translation>
    </message>
    <message>
        <source>An audio workstation that learns from a smidgen of your sounds and makes new ones. Everything is computed on this machine; nothing is sent anywhere.</source>
        <translation>Eine Audio-Workstation, die aus einer Handvoll Klänge lernt und neue macht. Alles wird auf diesem Rechner berechnet; nichts wird irgendwohin gesendet.</translation>
    </message>
</context>
<context>
    <name>BroughtItems</name>
    <message>
        <source>thing</source>
        <translation>Ding</translation>
    </message>
    <message>
        <source>things</source>
        <translation>Dinge</translation>
    </message>
    <message>
        <source>%1 And %2 more like it.</source>
        <translation>%1 Und %2 weitere dieser Art.</translation>
    </message>
    <message>
        <source>%1 came in</source>
        <translation>%1 übernommen</translation>
    </message>
    <message>
        <source>%1 brought up to date</source>
        <translation>%1 aktualisiert</translation>
    </message>
    <message>
        <source>%1 decided</source>
        <translation>%1 entschieden</translation>
    </message>
    <message>
        <source>%1 changed on both sides left as they are</source>
        <translation>%1 auf beiden Seiten geändert und so belassen</translation>
    </message>
    <message>
        <source>Nothing came in.</source>
        <translation>Nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>bringing in %1</source>
        <translation>%1 wird übernommen</translation>
    </message>
</context>
<context>
    <name>CodeLanes</name>
    <message>
        <source>Structure</source>
        <translation>Struktur</translation>
    </message>
    <message>
        <source>Timbre</source>
        <translation>Klangfarbe</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>Textur</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Fine detail</source>
        <translation>Feindetail</translation>
    </message>
    <message>
        <source>Finest detail</source>
        <translation>Feinstes</translation>
    </message>
</context>
<context>
    <name>CodeSteps</name>
    <message>
        <source>Type</source>
        <translation>Eingeben</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Stamp</source>
        <translation>Stempel</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Choose a code</source>
        <translation>Code wählen</translation>
    </message>
    <message>
        <source>In-fill</source>
        <translation>Ergänzen</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Umordnen</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Mischen</translation>
    </message>
    <message>
        <source>Nearest code</source>
        <translation>Nächster Code</translation>
    </message>
    <message>
        <source>Nearer code</source>
        <translation>Näherer Code</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>Mute %1</source>
        <translation>%1 stummschalten</translation>
    </message>
    <message>
        <source>Unmute %1</source>
        <translation>%1 wieder hören</translation>
    </message>
    <message>
        <source>Solo %1</source>
        <translation>%1 solo</translation>
    </message>
    <message>
        <source>Unsolo %1</source>
        <translation>%1 nicht mehr solo</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 sperren</translation>
    </message>
    <message>
        <source>Unlock %1</source>
        <translation>%1 entsperren</translation>
    </message>
    <message>
        <source>%1, 1 cell</source>
        <translation>%1, 1 Zelle</translation>
    </message>
    <message>
        <source>%1, %2 cells</source>
        <translation>%1, %2 Zellen</translation>
    </message>
</context>
<context>
    <name>CubeAxes</name>
    <message>
        <source>Timbre</source>
        <translation>Klangfarbe</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Harmonicity</source>
        <translation>Harmonizität</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>a few seconds</source>
        <translation>einige Sekunden</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>etwa %1 h</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>stereo</translation>
    </message>
    <message>
        <source>%1 channels</source>
        <translation>%1 Kanäle</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <translation>d. MMM yyyy, HH:mm</translation>
    </message>
</context>
<context>
    <name>FoundPanel</name>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>preset</source>
        <translation>Preset</translation>
    </message>
    <message>
        <source>codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>cube</source>
        <translation>Würfel</translation>
    </message>
    <message>
        <source>help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source> · distance %1</source>
        <translation> · Abstand %1</translation>
    </message>
    <message>
        <source>%1
Click to hear, drag out to copy.</source>
        <translation>%1
Klicken zum Hören, herausziehen zum Kopieren.</translation>
    </message>
</context>
<context>
    <name>LibraryRows</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source> · %1 not used</source>
        <translation> · %1 nicht verwendet</translation>
    </message>
    <message>
        <source>%1
Drop files here to add them.</source>
        <translation>%1
Dateien hier ablegen, um sie hinzuzufügen.</translation>
    </message>
    <message>
        <source> · prior</source>
        <translation> · Prior</translation>
    </message>
    <message>
        <source>%1
%2
Drag it out to copy the file.</source>
        <translation>%1
%2
Herausziehen, um die Datei zu kopieren.</translation>
    </message>
    <message>
        <source>%1 · %2 · %3
Click to hear, drag out to copy.</source>
        <translation>%1 · %2 · %3
Klicken zum Hören, herausziehen zum Kopieren.</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
</context>
<context>
    <name>LinkedLibrariesPanel</name>
    <message>
        <source>take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>preset</source>
        <translation>Preset</translation>
    </message>
    <message>
        <source>cube</source>
        <translation>Würfel</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>preset</source>
        <translation>Preset</translation>
    </message>
</context>
<context>
    <name>PalettePlaces</name>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>%1 page</source>
        <translation>Seite „%1“</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Help · %1</source>
        <translation>Hilfe · %1</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Take · %1</source>
        <translation>Take · %1</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Smidgen/Dark room</source>
        <translation>Smidgen/Dunkler Raum</translation>
    </message>
    <message>
        <source>Smidgen/Close and dry</source>
        <translation>Smidgen/Nah und trocken</translation>
    </message>
    <message>
        <source>Smidgen/Bright sparks</source>
        <translation>Smidgen/Helle Funken</translation>
    </message>
    <message>
        <source>Smidgen/Slow haze</source>
        <translation>Smidgen/Langsamer Dunst</translation>
    </message>
    <message>
        <source>Smidgen/Machine</source>
        <translation>Smidgen/Maschine</translation>
    </message>
    <message>
        <source>Smidgen/Rust</source>
        <translation>Smidgen/Rost</translation>
    </message>
    <message>
        <source>Smidgen/Soft bed</source>
        <translation>Smidgen/Weiches Bett</translation>
    </message>
    <message>
        <source>Smidgen/Scattered</source>
        <translation>Smidgen/Verstreut</translation>
    </message>
    <message>
        <source>Smidgen/Far from home</source>
        <translation>Smidgen/Weit weg</translation>
    </message>
</context>
<context>
    <name>QInputDialog</name>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Tags of %1, with commas between them</source>
        <translation>Tags für %1, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>thing</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>things</source>
        <translation>Objekte</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>straight</source>
        <translation>gerade</translation>
    </message>
    <message>
        <source>equal power</source>
        <translation>Equal Power</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>weich</translation>
    </message>
    <message>
        <source>exponential</source>
        <translation>exponent.</translation>
    </message>
    <message>
        <source>%1 of %2 used (%3)</source>
        <translation>%1 von %2 verwendet (%3)</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>%1 with a remark</source>
        <translation>%1 mit Hinweis</translation>
    </message>
    <message>
        <source>%1 not used</source>
        <translation>%1 nicht verwendet</translation>
    </message>
    <message>
        <source>%1 % silence</source>
        <translation>%1 % Stille</translation>
    </message>
    <message>
        <source>the preset</source>
        <translation>Preset</translation>
    </message>
    <message>
        <source>the dice</source>
        <translation>Würfeln</translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation> · noch %1</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Wiedergabe/Pause</translation>
    </message>
    <message>
        <source>Plays from the playhead, or pauses.</source>
        <translation>Spielt ab dem Abspielkopf oder pausiert.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stops and goes back to the start.</source>
        <translation>Hält an und kehrt zum Anfang zurück.</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>Moves the playhead to the start.</source>
        <translation>Setzt den Abspielkopf an den Anfang.</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Moves the playhead to the end.</source>
        <translation>Setzt den Abspielkopf ans Ende.</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Loop</translation>
    </message>
    <message>
        <source>Repeats the marked part, or the whole sound.</source>
        <translation>Wiederholt den markierten Teil oder den ganzen Klang.</translation>
    </message>
    <message>
        <source>Compare two takes</source>
        <translation>Zwei Takes vergleichen</translation>
    </message>
    <message>
        <source>Turns between the last two takes you chose, at the same place (A/B).</source>
        <translation>Wechselt an derselben Stelle zwischen den beiden zuletzt gewählten Takes (A/B).</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Takes the last change back.</source>
        <translation>Nimmt die letzte Änderung zurück.</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Does the change again that was taken back.</source>
        <translation>Führt die zurückgenommene Änderung erneut aus.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Gives the chosen collection, model or take another name.</source>
        <translation>Gibt der gewählten Sammlung, dem Modell oder dem Take einen anderen Namen.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Moves what is chosen to the trash; undo brings it back.</source>
        <translation>Verschiebt das Gewählte in den Papierkorb; Rückgängig holt es zurück.</translation>
    </message>
    <message>
        <source>Star or unstar the take</source>
        <translation>Take mit Stern markieren</translation>
    </message>
    <message>
        <source>Marks the chosen take as one to keep.</source>
        <translation>Markiert den gewählten Take zum Behalten oder hebt das auf.</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Add sound files…</source>
        <translation>Klangdateien hinzufügen…</translation>
    </message>
    <message>
        <source>Makes a collection of sound files; they stay where they are.</source>
        <translation>Macht aus Klangdateien eine Sammlung; sie bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Makes a collection of a folder and all folders inside it.</source>
        <translation>Macht aus einem Ordner mit allen Unterordnern eine Sammlung.</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>Verlauf…</translation>
    </message>
    <message>
        <source>Every take there was: find, compare, make a preset, rebuild, bring back from the trash.</source>
        <translation>Alle Takes, die es gab: finden, vergleichen, als Preset sichern, neu rendern, aus dem Papierkorb holen.</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>Narrows collections, models and sounds to names with these letters.</source>
        <translation>Zeigt nur Sammlungen, Modelle und Klänge, deren Name diese Buchstaben enthält.</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Starts learning the chosen collection.</source>
        <translation>Beginnt, aus der gewählten Sammlung zu lernen.</translation>
    </message>
    <message>
        <source>Pause or go on training</source>
        <translation>Training anhalten/fortsetzen</translation>
    </message>
    <message>
        <source>Lets the machine rest; nothing learned is lost.</source>
        <translation>Lässt den Rechner ruhen; nichts Gelerntes geht verloren.</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Makes a take with this seed, or as many as are chosen.</source>
        <translation>Macht einen Take mit diesem Seed, oder so viele, wie gewählt sind.</translation>
    </message>
    <message>
        <source>Generate four</source>
        <translation>Vier erzeugen</translation>
    </message>
    <message>
        <source>Makes four takes from this seed and the three that follow.</source>
        <translation>Macht vier Takes aus diesem Seed und den drei folgenden.</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Würfeln</translation>
    </message>
    <message>
        <source>Draws another seed, and moves the sliders as far as the dice&apos;s amount says.</source>
        <translation>Zieht einen anderen Seed und bewegt die Regler so weit, wie die Stärke des Würfelns erlaubt.</translation>
    </message>
    <message>
        <source>Lock the slider</source>
        <translation>Regler sperren</translation>
    </message>
    <message>
        <source>Dice leave the slider that has the keyboard where it is.</source>
        <translation>Beim Würfeln bleibt der Regler mit dem Tastaturfokus, wo er ist.</translation>
    </message>
    <message>
        <source>Keep what is heard</source>
        <translation>Gehörtes behalten</translation>
    </message>
    <message>
        <source>Makes a take of the sound as the sliders have made it.</source>
        <translation>Macht einen Take aus dem Klang, wie ihn die Regler gerade formen.</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>Morphen</translation>
    </message>
    <message>
        <source>A cube of sounds in place of the sliders, or back: hear what lies between them.</source>
        <translation>Ein Würfel aus Klängen statt der Regler, oder zurück: hören, was dazwischen liegt.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Writes the chosen takes as sound files.</source>
        <translation>Schreibt die gewählten Takes als Klangdateien.</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Click chooses a cell, drag a region; Shift extends, Ctrl adds, a double-click takes the column.</source>
        <translation>Klick wählt eine Zelle, Ziehen einen Bereich; Umschalt erweitert, Strg fügt hinzu, Doppelklick nimmt die Spalte.</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Stamp</source>
        <translation>Stempel</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>Nächster</translation>
    </message>
    <message>
        <source>The code that sounds most like the original&apos;s; again: the next after it.</source>
        <translation>Der Code, der dem des Originals am ähnlichsten klingt; erneut: der danach.</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>One step back toward the original&apos;s code.</source>
        <translation>Einen Schritt zurück zum Code des Originals.</translation>
    </message>
    <message>
        <source>In-fill</source>
        <translation>Ergänzen</translation>
    </message>
    <message>
        <source>The model&apos;s prior draws the chosen cells anew, to fit what is around them.</source>
        <translation>Der Prior des Modells zieht die gewählten Zellen neu, passend zu ihrer Umgebung.</translation>
    </message>
    <message>
        <source>Mute the lane</source>
        <translation>Spur stummschalten</translation>
    </message>
    <message>
        <source>Leaves the cursor&apos;s level out of the sound.</source>
        <translation>Lässt die Ebene des Cursors im Klang weg.</translation>
    </message>
    <message>
        <source>Solo the lane</source>
        <translation>Spur solo</translation>
    </message>
    <message>
        <source>Only soloed levels are heard.</source>
        <translation>Nur Ebenen auf Solo sind zu hören.</translation>
    </message>
    <message>
        <source>Original while held</source>
        <translation>Original beim Halten</translation>
    </message>
    <message>
        <source>Shows and plays the original as long as the key is down.</source>
        <translation>Zeigt und spielt das Original, solange die Taste gedrückt ist.</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Exchanges the copied region, of this or another sound, with the one at the selection.</source>
        <translation>Tauscht den kopierten Bereich, aus diesem oder einem anderen Klang, mit dem an der Auswahl.</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>Each lane&apos;s first chosen code goes on through the selection.</source>
        <translation>Der erste gewählte Code jeder Spur gilt für die ganze Auswahl.</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Umordnen</translation>
    </message>
    <message>
        <source>Changes the order of the chosen columns.</source>
        <translation>Ändert die Reihenfolge der gewählten Spalten.</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>Sets the chosen cells to the brush&apos;s code.</source>
        <translation>Setzt die gewählten Zellen auf den Code des Pinsels.</translation>
    </message>
    <message>
        <source>Back to the original</source>
        <translation>Zurück zum Original</translation>
    </message>
    <message>
        <source>Brings the original&apos;s codes back in the chosen cells.</source>
        <translation>Holt in den gewählten Zellen die Codes des Originals zurück.</translation>
    </message>
    <message>
        <source>Copy cells</source>
        <translation>Zellen kopieren</translation>
    </message>
    <message>
        <source>Keeps the chosen cells for paste, stamp, swap and blend, also in another sound.</source>
        <translation>Merkt sich die gewählten Zellen zum Einfügen, Stempeln, Tauschen und Mischen, auch in einem anderen Klang.</translation>
    </message>
    <message>
        <source>Paste cells</source>
        <translation>Zellen einfügen</translation>
    </message>
    <message>
        <source>Lays the copied cells from the selection&apos;s first column on.</source>
        <translation>Legt die kopierten Zellen ab der ersten Spalte der Auswahl.</translation>
    </message>
    <message>
        <source>Choose all cells</source>
        <translation>Alle Zellen wählen</translation>
    </message>
    <message>
        <source>Chooses every cell of the sound.</source>
        <translation>Wählt alle Zellen des Klangs.</translation>
    </message>
    <message>
        <source>Choose the lane</source>
        <translation>Spur wählen</translation>
    </message>
    <message>
        <source>Chooses every cell of the cursor&apos;s lane.</source>
        <translation>Wählt alle Zellen der Spur des Cursors.</translation>
    </message>
    <message>
        <source>Choose the column</source>
        <translation>Spalte wählen</translation>
    </message>
    <message>
        <source>Chooses every level of the cursor&apos;s column.</source>
        <translation>Wählt alle Ebenen der Spalte des Cursors.</translation>
    </message>
    <message>
        <source>Hear the selection</source>
        <translation>Auswahl hören</translation>
    </message>
    <message>
        <source>Plays the selection, or the cursor&apos;s cell with what is around it.</source>
        <translation>Spielt die Auswahl, oder die Zelle des Cursors mit ihrer Umgebung.</translation>
    </message>
    <message>
        <source>Hear the code alone</source>
        <translation>Code allein hören</translation>
    </message>
    <message>
        <source>Plays the cursor&apos;s code by itself, held for half a second.</source>
        <translation>Spielt den Code des Cursors für sich, eine halbe Sekunde lang gehalten.</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Shows less time in more detail.</source>
        <translation>Zeigt weniger Zeit mit mehr Einzelheiten.</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Shows more time.</source>
        <translation>Zeigt mehr Zeit.</translation>
    </message>
    <message>
        <source>Show the whole sound</source>
        <translation>Ganzen Klang zeigen</translation>
    </message>
    <message>
        <source>Fits the whole sound into the view.</source>
        <translation>Passt den ganzen Klang in die Ansicht ein.</translation>
    </message>
    <message>
        <source>Show the marked part</source>
        <translation>Markierten Teil zeigen</translation>
    </message>
    <message>
        <source>Fits the marked part into the view.</source>
        <translation>Passt den markierten Teil in die Ansicht ein.</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>Goes on to the next page.</source>
        <translation>Geht weiter zur nächsten Seite.</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Vorige Seite</translation>
    </message>
    <message>
        <source>Goes back to the page before.</source>
        <translation>Geht zurück zur vorigen Seite.</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Moves the keyboard to the next panel of the window.</source>
        <translation>Setzt den Tastaturfokus in den nächsten Bereich des Fensters.</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>Voriger Bereich</translation>
    </message>
    <message>
        <source>Moves the keyboard to the panel before.</source>
        <translation>Setzt den Tastaturfokus in den vorigen Bereich des Fensters.</translation>
    </message>
    <message>
        <source>Shows or hides the library.</source>
        <translation>Zeigt die Bibliothek oder blendet sie aus.</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Shows or hides the inspector.</source>
        <translation>Zeigt den Inspektor oder blendet ihn aus.</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Shows or hides the takes tray.</source>
        <translation>Zeigt die Takes oder blendet sie aus.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Shows the library as a map: what is alike lies together.</source>
        <translation>Zeigt die Bibliothek als Karte: Ähnliches liegt beieinander.</translation>
    </message>
    <message>
        <source>Dark, light, high contrast</source>
        <translation>Dunkel, hell, hoher Kontrast</translation>
    </message>
    <message>
        <source>Goes on to the next look: dark, light, high contrast.</source>
        <translation>Wechselt zum nächsten Aussehen: dunkel, hell, hoher Kontrast.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>Befehl finden…</translation>
    </message>
    <message>
        <source>Finds anything the studio can do, and takes, models and help, by a few letters.</source>
        <translation>Findet mit ein paar Buchstaben alles, was das Studio kann, dazu Takes, Modelle und Hilfe.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Opens the help where it speaks of what is on the screen.</source>
        <translation>Öffnet die Hilfe dort, wo es um das geht, was zu sehen ist.</translation>
    </message>
    <message>
        <source>Audio settings…</source>
        <translation>Audio-Einstellungen…</translation>
    </message>
    <message>
        <source>Chooses the device that plays, and tries it.</source>
        <translation>Wählt das Wiedergabegerät und probiert es aus.</translation>
    </message>
    <message>
        <source>Controls…</source>
        <translation>Controller…</translation>
    </message>
    <message>
        <source>MIDI controllers and OSC: what moves which slider, and learning it.</source>
        <translation>MIDI-Controller und OSC: was welchen Regler bewegt, und wie es gelernt wird.</translation>
    </message>
    <message>
        <source>Shortcuts…</source>
        <translation>Tastenkürzel…</translation>
    </message>
    <message>
        <source>Lists every shortcut; each can be changed.</source>
        <translation>Zeigt alle Tastenkürzel; jedes lässt sich ändern.</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Look, new takes, undo, devices and the library, in one place.</source>
        <translation>Aussehen, neue Takes, Rückgängig, Geräte und Bibliothek an einem Ort.</translation>
    </message>
    <message>
        <source>About Smidgen…</source>
        <translation>Über Smidgen…</translation>
    </message>
    <message>
        <source>Version, licences, and what to send along with a report of a fault.</source>
        <translation>Version, Lizenzen und was zu einem Fehlerbericht gehört.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Closes the studio. A running training is kept and can be resumed.</source>
        <translation>Schließt das Studio. Ein laufendes Training bleibt erhalten und lässt sich fortsetzen.</translation>
    </message>
    <message>
        <source>Another library…</source>
        <translation>Andere Bibliothek…</translation>
    </message>
    <message>
        <source>Looks into another library without changing it: hear what it has, and bring in what you want.</source>
        <translation>Zeigt eine andere Bibliothek, ohne sie zu ändern: anhören, was dort liegt, und übernehmen, was gefällt.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Records from the input of the audio settings; again: ends, and adds the sound to the collection of recordings.</source>
        <translation>Nimmt vom Eingang der Audio-Einstellungen auf; nochmals: endet und fügt den Klang der Sammlung der Aufnahmen hinzu.</translation>
    </message>
    <message>
        <source>Hear while browsing</source>
        <translation>Beim Blättern hören</translation>
    </message>
    <message>
        <source>Plays each sound of the list as soon as the arrow keys reach it, as a click does.</source>
        <translation>Spielt jeden Klang der Liste, sobald die Pfeiltasten ihn erreichen, wie es ein Klick tut.</translation>
    </message>
    <message>
        <source>Sets cells of one lane to the code picked, else to that of the first cell. By keys: Shift and arrows, or Enter.</source>
        <translation>Setzt Zellen einer Spur auf den aufgenommenen Code, sonst auf den der ersten Zelle. Mit Tasten: Umschalt und Pfeile, oder Eingabe.</translation>
    </message>
    <message>
        <source>Brings the original&apos;s codes back where it is drawn. By keys: Shift and arrows, or Enter.</source>
        <translation>Holt die Codes des Originals zurück, wo gezeichnet wird. Mit Tasten: Umschalt und Pfeile, oder Eingabe.</translation>
    </message>
    <message>
        <source>Lays copies of the copied cells side by side. By keys: Shift and arrows, or Enter.</source>
        <translation>Legt die kopierten Zellen wiederholt nebeneinander. Mit Tasten: Umschalt und Pfeile, oder Eingabe.</translation>
    </message>
    <message>
        <source>Pick the code</source>
        <translation>Code aufnehmen</translation>
    </message>
    <message>
        <source>The brush takes the cursor&apos;s code; Alt+click picks one with the pointer.</source>
        <translation>Der Pinsel nimmt den Code unter dem Cursor auf; mit dem Zeiger nimmt Alt+Klick einen auf.</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <source>Controller %1</source>
        <translation>Controller %1</translation>
    </message>
    <message>
        <source>Controllers %1 and %2 (14 bits)</source>
        <translation>Controller %1 und %2 (14 Bit)</translation>
    </message>
    <message>
        <source>NRPN %1</source>
        <translation>NRPN %1</translation>
    </message>
    <message>
        <source>Note %1</source>
        <translation>Note %1</translation>
    </message>
    <message>
        <source>Pitch bend</source>
        <translation>Pitch Bend</translation>
    </message>
    <message>
        <source>Program %1</source>
        <translation>Programm %1</translation>
    </message>
    <message>
        <source>%1 on any channel</source>
        <translation>%1 auf jedem Kanal</translation>
    </message>
    <message>
        <source>%1 on channel %2</source>
        <translation>%1 auf Kanal %2</translation>
    </message>
</context>
<context>
    <name>TakeOrigin</name>
    <message>
        <source>edited codes</source>
        <translation>bearbeitete Codes</translation>
    </message>
    <message>
        <source>a cube</source>
        <translation>ein Würfel</translation>
    </message>
</context>
<context>
    <name>VersionPair</name>
    <message>
        <source>changed %1</source>
        <translation>geändert %1</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>mit Stern</translation>
    </message>
    <message>
        <source>tags: %1</source>
        <translation>Schlagwörter: %1</translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation>im Papierkorb</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Continuous (VAE)</source>
        <translation>Kontinuierlich (VAE)</translation>
    </message>
    <message>
        <source>Codes (RVQ)</source>
        <translation>Codes (RVQ)</translation>
    </message>
    <message>
        <source>untrained</source>
        <translation>untrainiert</translation>
    </message>
    <message>
        <source>base, unchanged</source>
        <translation>Basis, unverändert</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>sparse</source>
        <translation>spärlich</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>How many events a second.</source>
        <translation>Wie viele Ereignisse pro Sekunde.</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>bright</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>Where the spectrum has its centre.</source>
        <translation>Wo das Spektrum seinen Schwerpunkt hat.</translation>
    </message>
    <message>
        <source>Warmth</source>
        <translation>Wärme</translation>
    </message>
    <message>
        <source>thin</source>
        <translation>dünn</translation>
    </message>
    <message>
        <source>warm</source>
        <translation>warm</translation>
    </message>
    <message>
        <source>How much low stands against high.</source>
        <translation>Wie stark die Tiefen gegenüber den Höhen sind.</translation>
    </message>
    <message>
        <source>Roughness</source>
        <translation>Rauigkeit</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>glatt</translation>
    </message>
    <message>
        <source>rough</source>
        <translation>rau</translation>
    </message>
    <message>
        <source>How much it beats and rasps.</source>
        <translation>Wie sehr es schwebt und kratzt.</translation>
    </message>
    <message>
        <source>Tension</source>
        <translation>Spannung</translation>
    </message>
    <message>
        <source>consonant</source>
        <translation>konsonant</translation>
    </message>
    <message>
        <source>dissonant</source>
        <translation>dissonant</translation>
    </message>
    <message>
        <source>How far its tones are from one chord.</source>
        <translation>Wie weit die Töne von einem gemeinsamen Akkord entfernt sind.</translation>
    </message>
    <message>
        <source>Rhythm</source>
        <translation>Rhythmik</translation>
    </message>
    <message>
        <source>ambient</source>
        <translation>fließend</translation>
    </message>
    <message>
        <source>rhythmic</source>
        <translation>rhythmisch</translation>
    </message>
    <message>
        <source>Whether it strikes or flows.</source>
        <translation>Ob es schlägt oder fließt.</translation>
    </message>
    <message>
        <source>Pulse</source>
        <translation>Puls</translation>
    </message>
    <message>
        <source>loose</source>
        <translation>lose</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>stetig</translation>
    </message>
    <message>
        <source>How regularly its events come.</source>
        <translation>Wie regelmäßig die Ereignisse kommen.</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>dry</source>
        <translation>trocken</translation>
    </message>
    <message>
        <source>reverberant</source>
        <translation>hallig</translation>
    </message>
    <message>
        <source>How long it rings on.</source>
        <translation>Wie lange es nachklingt.</translation>
    </message>
    <message>
        <source>Griffin-Lim</source>
        <translation>Griffin-Lim</translation>
    </message>
    <message>
        <source>temperature %1</source>
        <translation>Temperatur %1</translation>
    </message>
    <message>
        <source>top-k %1</source>
        <translation>Top-k %1</translation>
    </message>
    <message>
        <source>top-p %1</source>
        <translation>Top-p %1</translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>Guidance %1</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie üblich</translation>
    </message>
    <message>
        <source>%1 dB away</source>
        <translation>%1 dB entfernt</translation>
    </message>
    <message>
        <source>a copy of %1</source>
        <translation>eine Kopie von %1</translation>
    </message>
    <message>
        <source>near %1, %2</source>
        <translation>nahe %1, %2</translation>
    </message>
</context>
<context>
    <name>smidgen::AttributeSlider</name>
    <message>
        <source>as it comes</source>
        <translation>wie es kommt</translation>
    </message>
    <message>
        <source>%1, from %2 to %3</source>
        <translation>%1, von %2 bis %3</translation>
    </message>
    <message>
        <source>beyond most sounds of the collection</source>
        <translation>jenseits der meisten Klänge der Sammlung</translation>
    </message>
    <message>
        <source>the take came to %1</source>
        <translation>der Take erreichte %1</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>moved by a controller</source>
        <translation>von einem Controller bewegt</translation>
    </message>
    <message>
        <source>beyond most of your sounds</source>
        <translation>jenseits der meisten eigenen Klänge</translation>
    </message>
</context>
<context>
    <name>smidgen::CodeGridView</name>
    <message>
        <source>Code grid</source>
        <translation>Code-Raster</translation>
    </message>
    <message>
        <source>Code of the cell</source>
        <translation>Code der Zelle</translation>
    </message>
    <message>
        <source>cell level %1, %2</source>
        <translation>Zelle Ebene %1, %2</translation>
    </message>
    <message>
        <source>frame %1 of %2</source>
        <translation>Frame %1 von %2</translation>
    </message>
    <message>
        <source>code %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>original %1</source>
        <translation>Original %1</translation>
    </message>
    <message>
        <source>no codes</source>
        <translation>keine Codes</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>nicht zu hören</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>mid</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>showing the original</source>
        <translation>zeigt das Original</translation>
    </message>
    <message>
        <source>1 cell selected</source>
        <translation>1 Zelle ausgewählt</translation>
    </message>
    <message>
        <source>%1 cells selected</source>
        <translation>%1 Zellen ausgewählt</translation>
    </message>
    <message>
        <source>brush with code %1</source>
        <translation>Pinsel mit Code %1</translation>
    </message>
    <message>
        <source>brush with the first code of a stroke</source>
        <translation>Pinsel mit dem ersten Code eines Strichs</translation>
    </message>
    <message>
        <source>eraser</source>
        <translation>Radiergummi</translation>
    </message>
    <message>
        <source>stamp</source>
        <translation>Stempel</translation>
    </message>
</context>
<context>
    <name>smidgen::CodeHeatMap</name>
    <message>
        <source>Codebook health</source>
        <translation>Zustand der Codebücher</translation>
    </message>
    <message>
        <source>One square a code: the fuller, the more it is used in the sounds the model knows.</source>
        <translation>Ein Quadrat je Code: je voller, desto öfter kommt er in den Klängen vor, die das Modell kennt.</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>Gesund</translation>
    </message>
    <message>
        <source>Some codes unused</source>
        <translation>Einige Codes ungenutzt</translation>
    </message>
    <message>
        <source>Collapsed</source>
        <translation>Zusammengefallen</translation>
    </message>
    <message>
        <source>%1: %2, %3 percent used</source>
        <translation>%1: %2, zu %3 Prozent genutzt</translation>
    </message>
    <message>
        <source>nothing measured</source>
        <translation>nichts gemessen</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>%1, code %2: %3 %</source>
        <translation>%1, Code %2: %3 %</translation>
    </message>
</context>
<context>
    <name>smidgen::CodeSwatches</name>
    <message>
        <source>Nearest codes</source>
        <translation>Nächste Codes</translation>
    </message>
    <message>
        <source>The codes that sound most like this one, with their distance. Click to use one.</source>
        <translation>Die Codes, die diesem am ähnlichsten klingen, mit ihrem Abstand. Klicken, um einen zu nehmen.</translation>
    </message>
    <message>
        <source>code %1 at %2</source>
        <translation>Code %1 bei %2</translation>
    </message>
    <message>
        <source>at code %1</source>
        <translation>bei Code %1</translation>
    </message>
</context>
<context>
    <name>smidgen::CurvePlot</name>
    <message>
        <source>mel error (log10, lower is better)</source>
        <translation>Mel-Fehler (log10, weniger ist besser)</translation>
    </message>
    <message>
        <source>Learning curves: error over training steps, lower is better</source>
        <translation>Lernkurven: Fehler über den Trainingsschritten, weniger ist besser</translation>
    </message>
    <message>
        <source>step %1 · %2 · training %3</source>
        <translation>Schritt %1 · %2 · Training %3</translation>
    </message>
    <message>
        <source> · held out %1</source>
        <translation> · Test %1</translation>
    </message>
    <message>
        <source>nothing learned yet</source>
        <translation>noch nichts gelernt</translation>
    </message>
    <message>
        <source>training steps</source>
        <translation>Trainingsschritte</translation>
    </message>
    <message>
        <source>The curve begins with the first steps.</source>
        <translation>Die Kurve beginnt mit den ersten Schritten.</translation>
    </message>
    <message>
        <source>training %1</source>
        <translation>Training %1</translation>
    </message>
    <message>
        <source>held out %1</source>
        <translation>Test %1</translation>
    </message>
</context>
<context>
    <name>smidgen::LevelBars</name>
    <message>
        <source>Use of the codes, level by level</source>
        <translation>Nutzung der Codes, Ebene für Ebene</translation>
    </message>
    <message>
        <source>Used: share of the codes that occur. Perplexity: how many of them do the work. Unused: codes that never occur.</source>
        <translation>Genutzt: Anteil der Codes, die vorkommen. Perplexität: wie viele davon die Arbeit tun. Ungenutzt: Codes, die nie vorkommen.</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>some codes idle</source>
        <translation>einige Codes ungenutzt</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>zusammengefallen</translation>
    </message>
    <message>
        <source>level %1 %2: %3 percent used, perplexity %4 of %5, %6 unused</source>
        <translation>Ebene %1 %2: zu %3 Prozent genutzt, Perplexität %4 von %5, %6 ungenutzt</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>level</source>
        <translation>Ebene</translation>
    </message>
    <message>
        <source>used</source>
        <translation>genutzt</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>ungenutzt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>smidgen::LevelMeter</name>
    <message>
        <source>Output level</source>
        <translation>Ausgangspegel</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>left %1, right %2, %3</source>
        <translation>links %1, rechts %2, %3</translation>
    </message>
    <message>
        <source>, clipped</source>
        <translation>, übersteuert</translation>
    </message>
    <message>
        <source>clipped</source>
        <translation>übersteuert</translation>
    </message>
</context>
<context>
    <name>smidgen::MorphPad</name>
    <message>
        <source>gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>a node without a name</source>
        <translation>ein Knoten ohne Namen</translation>
    </message>
    <message>
        <source>, made by a model</source>
        <translation>, von einem Modell gemacht</translation>
    </message>
    <message>
        <source>%1 %2, %3 %4; node %5, %6: %7</source>
        <translation>%1 %2, %3 %4; Knoten %5, %6: %7</translation>
    </message>
    <message>
        <source>; drawing a way</source>
        <translation>; ein Weg wird gezeichnet</translation>
    </message>
    <message>
        <source>; the way has %1 places</source>
        <translation>; der Weg hat %1 Stellen</translation>
    </message>
</context>
<context>
    <name>smidgen::PreviewPair</name>
    <message>
        <source>original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>Gelernt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Play the %1</source>
        <translation>Abspielen: %1</translation>
    </message>
    <message>
        <source>Stop %1, %2</source>
        <translation>Stopp: %1, %2</translation>
    </message>
    <message>
        <source>Play %1, %2</source>
        <translation>Abspielen: %1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>smidgen::SoundMapView</name>
    <message>
        <source>Map of the library</source>
        <translation>Karte der Bibliothek</translation>
    </message>
    <message>
        <source>Nothing is on the map.</source>
        <translation>Auf der Karte ist nichts.</translation>
    </message>
    <message>
        <source>, chosen</source>
        <translation>, gewählt</translation>
    </message>
    <message>
        <source>, playing</source>
        <translation>, spielt</translation>
    </message>
    <message>
        <source>%1 on the map</source>
        <translation>%1 auf der Karte</translation>
    </message>
    <message>
        <source>, %1 found</source>
        <translation>, %1 gefunden</translation>
    </message>
    <message>
        <source>, %1 chosen</source>
        <translation>, %1 gewählt</translation>
    </message>
</context>
<context>
    <name>smidgen::TakeCard</name>
    <message>
        <source>being made, %1 percent</source>
        <translation>wird erzeugt, %1 Prozent</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>mit Stern</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>playing</source>
        <translation>spielt</translation>
    </message>
</context>
<context>
    <name>smidgen::TimelineView</name>
    <message>
        <source> · %1 Hz</source>
        <translation> · %1 Hz</translation>
    </message>
    <message>
        <source> · %1 kHz</source>
        <translation> · %1 kHz</translation>
    </message>
    <message>
        <source>%1k</source>
        <translation>%1k</translation>
    </message>
    <message>
        <source>reading, %1 %</source>
        <translation>liest, %1 %</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Scroll through the sound</source>
        <translation>Durch den Klang scrollen</translation>
    </message>
    <message>
        <source>playhead %1 of %2</source>
        <translation>Abspielkopf %1 von %2</translation>
    </message>
    <message>
        <source>sound of %1</source>
        <translation>Klang von %1</translation>
    </message>
    <message>
        <source>selected %1 to %2</source>
        <translation>ausgewählt %1 bis %2</translation>
    </message>
    <message>
        <source>loop %1 to %2</source>
        <translation>Loop %1 bis %2</translation>
    </message>
    <message>
        <source>still reading, %1 percent</source>
        <translation>liest noch, %1 Prozent</translation>
    </message>
    <message>
        <source>showing %1 to %2</source>
        <translation>zeigt %1 bis %2</translation>
    </message>
    <message>
        <source>−6 dB</source>
        <translation>−6 dB</translation>
    </message>
</context>
<context>
    <name>smidgen::WaveThumbnail</name>
    <message>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <source>no sound yet</source>
        <translation>noch kein Klang</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>Stille</translation>
    </message>
    <message>
        <source>peak %1 dB</source>
        <translation>Spitze %1 dB</translation>
    </message>
    <message>
        <source>%1, played to %2 percent</source>
        <translation>%1, gespielt bis %2 Prozent</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::AboutDialog</name>
    <message>
        <source>About %1</source>
        <translation>Über %1</translation>
    </message>
    <message>
        <source>Free software under the licence %1, without any warranty.</source>
        <translation>Freie Software unter der Lizenz %1, ohne jede Gewährleistung.</translation>
    </message>
    <message>
        <source>Computes on: being tried…</source>
        <translation>Rechnet auf: wird ermittelt…</translation>
    </message>
    <message>
        <source>Library: %1</source>
        <translation>Bibliothek: %1</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Gemacht mit</translation>
    </message>
    <message>
        <source>Libraries and their licences</source>
        <translation>Programmbibliotheken und ihre Lizenzen</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1: for %2.
%3</source>
        <translation>%1: für %2.
%3</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Puts all of it on the clipboard, for a report of a fault.</source>
        <translation>Legt alles in die Zwischenablage, für einen Fehlerbericht.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Computes on: %1</source>
        <translation>Rechnet auf: %1</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::AudioDialog</name>
    <message>
        <source>Audio settings</source>
        <translation>Audio-Einstellungen</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Abtastrate</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>Play a test tone</source>
        <translation>Testton abspielen</translation>
    </message>
    <message>
        <source>One second, left and right in turn, at −20 dBFS.</source>
        <translation>Eine Sekunde, abwechselnd links und rechts, bei −20 dBFS.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Looks for devices that were plugged in meanwhile.</source>
        <translation>Sucht nach Geräten, die inzwischen angeschlossen wurden.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>%1 samples (%2 ms)</source>
        <translation>%1 Samples (%2 ms)</translation>
    </message>
    <message>
        <source>%1 ms · %2 · %3</source>
        <translation>%1 ms · %2 · %3</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>Aussetzer</translation>
    </message>
    <message>
        <source>dropouts</source>
        <translation>Aussetzer</translation>
    </message>
    <message>
        <source>No output device was found. Plug one in or start the JACK server, then look again.</source>
        <translation>Kein Ausgabegerät gefunden. Eines anschließen oder den JACK-Server starten, dann erneut suchen.</translation>
    </message>
    <message>
        <source>Record from</source>
        <translation>Aufnehmen von</translation>
    </message>
    <message>
        <source>Channels to record</source>
        <translation>Kanäle der Aufnahme</translation>
    </message>
    <message>
        <source>Stereo: the first two inputs</source>
        <translation>Stereo: die ersten zwei Eingänge</translation>
    </message>
    <message>
        <source>Mono: the first input</source>
        <translation>Mono: der erste Eingang</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the folder of recordings</source>
        <translation>Ordner der Aufnahmen wählen</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Folder of recordings</source>
        <translation>Ordner der Aufnahmen</translation>
    </message>
    <message>
        <source>No input was found</source>
        <translation>Kein Eingang gefunden</translation>
    </message>
    <message>
        <source>What the system offers first</source>
        <translation>Was das System zuerst anbietet</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::BinauralFields</name>
    <message>
        <source>0 ahead, 90 left, 180 behind, −90 right.</source>
        <translation>0 vorn, 90 links, 180 hinten, −90 rechts.</translation>
    </message>
    <message>
        <source>90 above, −90 below.</source>
        <translation>90 oben, −90 unten.</translation>
    </message>
    <message>
        <source> m</source>
        <translation> m</translation>
    </message>
    <message>
        <source>Level falls with it; nearer than a metre the ears differ more.</source>
        <translation>Der Pegel sinkt damit; näher als einen Meter unterscheiden sich die Ohren stärker.</translation>
    </message>
    <message>
        <source>rests there</source>
        <translation>ruht dort</translation>
    </message>
    <message>
        <source>turns to</source>
        <translation>dreht zu</translation>
    </message>
    <message>
        <source>Whether it moves while it sounds; it arrives at the end.</source>
        <translation>Ob er sich bewegt, während er klingt; am Ende kommt er an.</translation>
    </message>
    <message>
        <source>Azimuth at the end; 360 more is once around to the left.</source>
        <translation>Azimut am Ende; 360 mehr ist einmal linksherum.</translation>
    </message>
    <message>
        <source>Azimuth at the end</source>
        <translation>Azimut am Ende</translation>
    </message>
    <message>
        <source>Whose ears: MIT&apos;s KEMAR dummy head, or a SOFA file.</source>
        <translation>Wessen Ohren: MITs Kunstkopf KEMAR oder eine SOFA-Datei.</translation>
    </message>
    <message>
        <source>Azimuth</source>
        <translation>Azimut</translation>
    </message>
    <message>
        <source>Elevation</source>
        <translation>Elevation</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Entfernung</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Ears</source>
        <translation>Ohren</translation>
    </message>
    <message>
        <source>KEMAR</source>
        <translation>KEMAR</translation>
    </message>
    <message>
        <source>A SOFA file…</source>
        <translation>SOFA-Datei…</translation>
    </message>
    <message>
        <source>SOFA (*.sofa)</source>
        <translation>SOFA (*.sofa)</translation>
    </message>
    <message>
        <source>goes its own way</source>
        <translation>geht eigene Wege</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::BlendField</name>
    <message>
        <source>Lets another model take part: a sound between the two, or both mixed.</source>
        <translation>Lässt ein zweites Modell mitwirken: ein Klang zwischen beiden oder beide gemischt.</translation>
    </message>
    <message>
        <source>The other model</source>
        <translation>Das andere Modell</translation>
    </message>
    <message>
        <source>Its share</source>
        <translation>Sein Anteil</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Its share in percent</source>
        <translation>Sein Anteil in Prozent</translation>
    </message>
    <message>
        <source>One sound between them</source>
        <translation>Ein Klang zwischen beiden</translation>
    </message>
    <message>
        <source>Both sounds, mixed</source>
        <translation>Beide Klänge, gemischt</translation>
    </message>
    <message>
        <source>How they meet</source>
        <translation>Wie sie zusammenkommen</translation>
    </message>
    <message>
        <source>Blend with</source>
        <translation>Mischen mit</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>no other model</source>
        <translation>kein anderes Modell</translation>
    </message>
    <message>
        <source>As the recipe has it. Choose a model to change it.</source>
        <translation>Wie im Rezept. Ein Modell wählen, um es zu ändern.</translation>
    </message>
    <message>
        <source>Finding out whether the models fit …</source>
        <translation>Prüft, ob die Modelle zueinander passen …</translation>
    </message>
    <message>
        <source>They fit: one says what the other says within %1 dB.</source>
        <translation>Sie passen: Eines sagt bis auf %1 dB, was das andere sagt.</translation>
    </message>
    <message>
        <source>Blend: %1 models</source>
        <translation>Mischung: %1 Modelle</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>Blend: %1 % %2</source>
        <translation>Mischung: %1 % %2</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::CodeActions</name>
    <message>
        <source>There is no code %1: this model&apos;s go from 0 to %2.</source>
        <translation>Einen Code %1 gibt es nicht: Die dieses Modells gehen von 0 bis %2.</translation>
    </message>
    <message>
        <source>typing a code</source>
        <translation>Code eingeben</translation>
    </message>
    <message>
        <source>Nothing was changed: the lane is locked. Press its L to unlock it.</source>
        <translation>Nichts geändert: Die Spur ist gesperrt. Mit ihrem G entsperren.</translation>
    </message>
    <message>
        <source>There is nothing to stamp yet: choose cells and copy them first.</source>
        <translation>Noch nichts zum Stempeln da: erst Zellen wählen und kopieren.</translation>
    </message>
    <message>
        <source>brushing</source>
        <translation>Pinselstrich</translation>
    </message>
    <message>
        <source>erasing</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>stamping</source>
        <translation>Stempeln</translation>
    </message>
    <message>
        <source>filling</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>going back to the original</source>
        <translation>Zurück zum Original</translation>
    </message>
    <message>
        <source>holding</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>shuffling</source>
        <translation>Umordnen</translation>
    </message>
    <message>
        <source>the next nearest code</source>
        <translation>zum nächsten Code</translation>
    </message>
    <message>
        <source>the nearer code</source>
        <translation>zum näheren Code</translation>
    </message>
    <message>
        <source>choosing a code</source>
        <translation>Code wählen</translation>
    </message>
    <message>
        <source>Copied %1. Paste it, stamp it, swap it or blend with it.</source>
        <translation>%1 kopiert. Zum Einfügen, Stempeln, Tauschen oder Mischen.</translation>
    </message>
    <message>
        <source>cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>%1 · %2–%3 s</source>
        <translation>%1 · %2–%3 s</translation>
    </message>
    <message>
        <source>There is nothing to paste yet: choose cells and copy them.</source>
        <translation>Noch nichts zum Einfügen da: erst Zellen wählen und kopieren.</translation>
    </message>
    <message>
        <source>pasting</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Copy a region first, here or in another sound; then choose the place to swap it with.</source>
        <translation>Erst einen Bereich kopieren, hier oder in einem anderen Klang; dann die Stelle wählen, mit der er getauscht wird.</translation>
    </message>
    <message>
        <source>The sound that was copied from is not open any more. Open it, and copy again.</source>
        <translation>Der Klang, aus dem kopiert wurde, ist nicht mehr offen. Öffnen und noch einmal kopieren.</translation>
    </message>
    <message>
        <source>swapping with %1</source>
        <translation>Tauschen mit %1</translation>
    </message>
    <message>
        <source>Drawing cells anew</source>
        <translation>Zieht Zellen neu</translation>
    </message>
    <message>
        <source>in-filling</source>
        <translation>Ergänzen</translation>
    </message>
    <message>
        <source>blending with %1</source>
        <translation>Mischen mit %1</translation>
    </message>
    <message>
        <source>The brush sets code %1 in the lane “%2”.</source>
        <translation>Der Pinsel setzt Code %1 in der Spur „%2“.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::CodeInspector</name>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Code under the cursor</source>
        <translation>Code unter dem Cursor</translation>
    </message>
    <message>
        <source>Colour of the code</source>
        <translation>Farbe des Codes</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>Nächste</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>How far a code may lie from the cursor&apos;s to be chosen with it.</source>
        <translation>Wie weit ein Code vom Code des Cursors entfernt sein darf, um mit ihm gewählt zu werden.</translation>
    </message>
    <message>
        <source>Select alike</source>
        <translation>Ähnliche wählen</translation>
    </message>
    <message>
        <source>Chooses the cells of this lane whose codes are so near.</source>
        <translation>Wählt die Zellen dieser Spur, deren Codes so nah sind.</translation>
    </message>
    <message>
        <source>Blend with</source>
        <translation>Mischen mit</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Mischen</translation>
    </message>
    <message>
        <source>From the codes here, at the left, to the copied ones, laid over the selection.</source>
        <translation>Von den Codes hier, links, zu den kopierten, die über die Auswahl gelegt werden.</translation>
    </message>
    <message>
        <source>In-fill</source>
        <translation>Ergänzen</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Temperature of the in-fill</source>
        <translation>Temperatur des Ergänzens</translation>
    </message>
    <message>
        <source>0: always the likeliest code; above 1: more daring.</source>
        <translation>0: immer der wahrscheinlichste Code; über 1: gewagter.</translation>
    </message>
    <message>
        <source>Codebook health</source>
        <translation>Zustand der Codebücher</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>within %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>Nothing copied yet: choose cells, here or in another sound, and copy them (Ctrl+C).</source>
        <translation>Noch nichts kopiert: Zellen wählen, hier oder in einem anderen Klang, und kopieren (Strg+C).</translation>
    </message>
    <message>
        <source>%1 % · snaps %2 away on average</source>
        <translation>%1 % · rastet im Mittel %2 entfernt ein</translation>
    </message>
    <message>
        <source>No sound open</source>
        <translation>Kein Klang geöffnet</translation>
    </message>
    <message>
        <source>What is known of its codes, and what can be done with them, stands here.</source>
        <translation>Hier steht, was von seinen Codes bekannt ist und was sich mit ihnen machen lässt.</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts gewählt</translation>
    </message>
    <message>
        <source>Edits go to the cell under the cursor.</source>
        <translation>Änderungen gelten der Zelle unter dem Cursor.</translation>
    </message>
    <message>
        <source>%1 · %2–%3 s · %4</source>
        <translation>%1 · %2–%3 s · %4</translation>
    </message>
    <message>
        <source>column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Q%1 · %2</source>
        <translation>Q%1 · %2</translation>
    </message>
    <message>
        <source>used %1 %</source>
        <translation>zu %1 % genutzt</translation>
    </message>
    <message>
        <source> · %1 to next</source>
        <translation> · %1 zum nächsten</translation>
    </message>
    <message>
        <source>original %1, %2 away</source>
        <translation>Original %1, %2 entfernt</translation>
    </message>
    <message>
        <source>In the sounds the model was trained on, and this one.</source>
        <translation>In den Klängen, mit denen das Modell trainiert wurde, und in diesem.</translation>
    </message>
    <message>
        <source>In this sound alone: a model with a prior also knows its training sounds.</source>
        <translation>Nur in diesem Klang: Ein Modell mit Prior kennt auch seine Trainingsklänge.</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>(%1 undone)</source>
        <translation>(%1 zurückgenommen)</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::CodeListening</name>
    <message>
        <source>%1, original</source>
        <translation>%1, Original</translation>
    </message>
    <message>
        <source>code %1</source>
        <translation>Code %1</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::CodeWork</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stops this; nothing is changed.</source>
        <translation>Bricht ab; nichts wird geändert.</translation>
    </message>
    <message>
        <source>“%1” is still going on. Wait for it, or stop it.</source>
        <translation>„%1“ läuft noch. Abwarten oder abbrechen.</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>Zum Trainieren</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::CodebookPanel</name>
    <message>
        <source>Use of the codes</source>
        <translation>Nutzung der Codes</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What to do, or where to go…</source>
        <translation>Was tun, oder wohin…</translation>
    </message>
    <message>
        <source>What to do, or where to go</source>
        <translation>Was tun, oder wohin</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>Was passt</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Gerade nicht</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Nothing is called that. Fewer letters find more.</source>
        <translation>Nichts heißt so. Weniger Buchstaben finden mehr.</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>not now</source>
        <translation>gerade nicht</translation>
    </message>
    <message>
        <source>Enter goes there.</source>
        <translation>Die Eingabetaste führt hin.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::ControlBridge</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>OSC: %1</source>
        <translation>OSC: %1</translation>
    </message>
    <message>
        <source>OSC</source>
        <translation>OSC</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 stands at %2, %3 at %4: move it past there to pick the slider up.</source>
        <translation>%1 steht auf %2, %3 auf %4: darüber hinweg bewegen, um den Regler abzuholen.</translation>
    </message>
    <message>
        <source>%1 now moves %2.</source>
        <translation>%1 bewegt jetzt %2.</translation>
    </message>
    <message>
        <source>The MIDI input %1 was unplugged; it is listened to again when it is back.</source>
        <translation>Der MIDI-Eingang %1 wurde abgezogen; sobald er wieder da ist, wird ihm wieder zugehört.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::ControllerWiring</name>
    <message>
        <source>Controls</source>
        <translation>Controller</translation>
    </message>
    <message>
        <source>Stop learning</source>
        <translation>Lernen beenden</translation>
    </message>
    <message>
        <source>MIDI learn</source>
        <translation>MIDI-Lernen</translation>
    </message>
    <message>
        <source>Forget its controls</source>
        <translation>Seine Controller vergessen</translation>
    </message>
    <message>
        <source>Controls…</source>
        <translation>Controller…</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::ControlsDialog</name>
    <message>
        <source>Controls</source>
        <translation>Controller</translation>
    </message>
    <message>
        <source>Kinds of control</source>
        <translation>Arten von Controllern</translation>
    </message>
    <message>
        <source>Mappings</source>
        <translation>Zuordnungen</translation>
    </message>
    <message>
        <source>MIDI inputs</source>
        <translation>MIDI-Eingänge</translation>
    </message>
    <message>
        <source>OSC</source>
        <translation>OSC</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::DropOverlay</name>
    <message>
        <source>Drop to make a collection of it</source>
        <translation>Loslassen, um daraus eine Sammlung zu machen</translation>
    </message>
    <message>
        <source>Drop to make one collection of %1 things</source>
        <translation>Loslassen, um aus %1 Objekten eine Sammlung zu machen</translation>
    </message>
    <message>
        <source>Folders are read with all folders inside them. On a collection in the library, they are added to it.</source>
        <translation>Ordner werden mit allen Unterordnern gelesen. Auf einer Sammlung in der Bibliothek werden sie dieser hinzugefügt.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::EdgeFields</name>
    <message>
        <source>Cut off the start</source>
        <translation>Am Anfang abschneiden</translation>
    </message>
    <message>
        <source>Cut off the end</source>
        <translation>Am Ende abschneiden</translation>
    </message>
    <message>
        <source>silence below</source>
        <translation>Stille unter</translation>
    </message>
    <message>
        <source>Trim silence</source>
        <translation>Stille kürzen</translation>
    </message>
    <message>
        <source>Takes off what is softer at both ends, but for 5 ms.</source>
        <translation>Nimmt an beiden Enden weg, was leiser ist, bis auf 5 ms.</translation>
    </message>
    <message>
        <source> dBFS</source>
        <translation> dBFS</translation>
    </message>
    <message>
        <source>Threshold of silence</source>
        <translation>Schwelle der Stille</translation>
    </message>
    <message>
        <source>Fade in</source>
        <translation>Einblenden</translation>
    </message>
    <message>
        <source>Fade out</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Shape of the fade-in</source>
        <translation>Form der Einblendung</translation>
    </message>
    <message>
        <source>Shape of the fade-out</source>
        <translation>Form der Ausblendung</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>Loop points</source>
        <translation>Loop-Punkte</translation>
    </message>
    <message>
        <source>Seconds in the file that a sampler repeats. Not in MP3.</source>
        <translation>Sekunden in der Datei, die ein Sampler wiederholt. Nicht in MP3.</translation>
    </message>
    <message>
        <source>Loop start</source>
        <translation>Loop-Anfang</translation>
    </message>
    <message>
        <source>Loop end</source>
        <translation>Loop-Ende</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>das Ende</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>in</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>out</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::EditBar</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More edits</source>
        <translation>Weitere Bearbeitungen</translation>
    </message>
    <message>
        <source>Hear every edit</source>
        <translation>Jede Änderung hören</translation>
    </message>
    <message>
        <source>Plays what an edit has changed as soon as it is decoded.</source>
        <translation>Spielt, was eine Bearbeitung geändert hat, sobald es dekodiert ist.</translation>
    </message>
    <message>
        <source>hold %1: original</source>
        <translation>%1 halten: Original</translation>
    </message>
    <message>
        <source>No codes are open: open a sound on the Edit page.</source>
        <translation>Keine Codes geöffnet: auf der Seite „Bearbeiten“ einen Klang öffnen.</translation>
    </message>
    <message>
        <source>Pick, fill, shuffle, copy, paste, and ways to choose cells.</source>
        <translation>Aufnehmen, füllen, umordnen, kopieren, einfügen und Wege, Zellen zu wählen.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::EditPage</name>
    <message>
        <source>Opening %1</source>
        <translation>Öffnet %1</translation>
    </message>
    <message>
        <source>Opening codes</source>
        <translation>Öffnet Codes</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gesichert</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>sichert…</translation>
    </message>
    <message>
        <source>No sound open</source>
        <translation>Kein Klang geöffnet</translation>
    </message>
    <message>
        <source>Drop a sound here, choose “Edit its codes” in a take’s menu, or go on with one of the list above. A model that speaks in codes (RVQ) writes it down as a grid that can be painted, stamped, blended and drawn anew.</source>
        <translation>Hier einen Klang ablegen, im Menü eines Takes „Codes bearbeiten“ wählen oder mit einem aus der Liste oben weitermachen. Ein Modell, das in Codes spricht (RVQ), schreibt ihn als Raster auf, das sich malen, stempeln, mischen und neu ziehen lässt.</translation>
    </message>
    <message>
        <source>Open a sound…</source>
        <translation>Klang öffnen…</translation>
    </message>
    <message>
        <source>A sound file, or codes in a JSON or NPZ file.</source>
        <translation>Eine Klangdatei oder Codes in einer JSON- oder NPZ-Datei.</translation>
    </message>
    <message>
        <source>Train a model with codes</source>
        <translation>Modell mit Codes trainieren</translation>
    </message>
    <message>
        <source>Opens the Train page.</source>
        <translation>Öffnet die Seite „Trainieren“.</translation>
    </message>
    <message>
        <source>Sound to edit</source>
        <translation>Klang zum Bearbeiten</translation>
    </message>
    <message>
        <source>Sounds whose codes the library keeps, changed last first.</source>
        <translation>Klänge, deren Codes die Bibliothek behält; der zuletzt geänderte zuerst.</translation>
    </message>
    <message>
        <source>Model that writes sounds down as codes</source>
        <translation>Modell, das Klänge als Codes aufschreibt</translation>
    </message>
    <message>
        <source>Sounds that are opened from now on are written in this model&apos;s codes.</source>
        <translation>Klänge, die von jetzt an geöffnet werden, werden in den Codes dieses Modells geschrieben.</translation>
    </message>
    <message>
        <source>Mid</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Mid is what both sides share, side how they differ.</source>
        <translation>Mitte ist, was beide Seiten gemeinsam haben, Seite, worin sie sich unterscheiden.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Name…</translation>
    </message>
    <message>
        <source>Gives the edited sound another name.</source>
        <translation>Gibt dem bearbeiteten Klang einen anderen Namen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Puts the edited sound into the trash; Undo brings it back.</source>
        <translation>Legt den bearbeiteten Klang in den Papierkorb; Rückgängig holt ihn zurück.</translation>
    </message>
    <message>
        <source>Codes…</source>
        <translation>Codes…</translation>
    </message>
    <message>
        <source>Writes the codes to a JSON or NPZ file.</source>
        <translation>Schreibt die Codes in eine JSON- oder NPZ-Datei.</translation>
    </message>
    <message>
        <source>Keep as take</source>
        <translation>Als Take</translation>
    </message>
    <message>
        <source>Makes a take of the sound as it is now, with its codes.</source>
        <translation>Macht einen Take aus dem Klang, wie er jetzt ist, mit seinen Codes.</translation>
    </message>
    <message>
        <source>Help on editing codes</source>
        <translation>Hilfe zum Bearbeiten von Codes</translation>
    </message>
    <message>
        <source>What the lanes, tools and colours mean.</source>
        <translation>Was Spuren, Werkzeuge und Farben bedeuten.</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>Spektrogramm</translation>
    </message>
    <message>
        <source>Waveform and spectrogram</source>
        <translation>Wellenform und Spektrogramm</translation>
    </message>
    <message>
        <source>%1 (no codes)</source>
        <translation>%1 (keine Codes)</translation>
    </message>
    <message>
        <source>Editing needs a model that speaks in codes. Train one of the kind “Codes (RVQ)”.</source>
        <translation>Zum Bearbeiten braucht es ein Modell, das in Codes spricht. Eines der Art „Codes (RVQ)“ trainieren.</translation>
    </message>
    <message>
        <source>“%1” is a continuous model and has no codes to edit. Choose one of the kind “Codes (RVQ)”, or train one.</source>
        <translation>„%1“ ist ein kontinuierliches Modell und hat keine Codes zum Bearbeiten. Eines der Art „Codes (RVQ)“ wählen oder trainieren.</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Nothing edited yet</source>
        <translation>Noch nichts bearbeitet</translation>
    </message>
    <message>
        <source>Go on with…</source>
        <translation>Weitermachen mit…</translation>
    </message>
    <message>
        <source>Open a sound or codes</source>
        <translation>Klang oder Codes öffnen</translation>
    </message>
    <message>
        <source>Sounds and codes (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3 *.json *.npz)</source>
        <translation>Klänge und Codes (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3 *.json *.npz)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Making a take</source>
        <translation>Macht einen Take</translation>
    </message>
    <message>
        <source>Kept among the takes, with its codes.</source>
        <translation>Unter den Takes behalten, mit seinen Codes.</translation>
    </message>
    <message>
        <source>Write the codes</source>
        <translation>Codes schreiben</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>NumPy archive (*.npz)</source>
        <translation>NumPy-Archiv (*.npz)</translation>
    </message>
    <message>
        <source>Wrote %1.</source>
        <translation>%1 geschrieben.</translation>
    </message>
    <message>
        <source>deleting “%1”</source>
        <translation>„%1“ löschen</translation>
    </message>
    <message>
        <source>Deleted “%1”.</source>
        <translation>„%1“ gelöscht.</translation>
    </message>
    <message>
        <source>Rename the edited sound</source>
        <translation>Bearbeiteten Klang umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Arrows move the cursor, with Shift they choose; Enter types a code. With brush, eraser or stamp, Shift and arrows draw, and so does Enter.</source>
        <translation>Pfeile bewegen den Cursor, mit Umschalt wählen sie; mit der Eingabetaste tippt man einen Code. Mit Pinsel, Radiergummi oder Stempel zeichnen Umschalt und Pfeile, und auch die Eingabetaste.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::ExploreField</name>
    <message>
        <source>The model&apos;s own directions: along which its sounds differ most.</source>
        <translation>Die eigenen Richtungen des Modells: in denen sich seine Klänge am stärksten unterscheiden.</translation>
    </message>
    <message>
        <source>All to the middle</source>
        <translation>Alle zur Mitte</translation>
    </message>
    <message>
        <source>letting go of the directions</source>
        <translation>Richtungen loslassen</translation>
    </message>
    <message>
        <source>a direction of the model</source>
        <translation>Richtung des Modells</translation>
    </message>
    <message>
        <source>Hearing what the directions of this model do …</source>
        <translation>Hört sich an, was die Richtungen dieses Modells bewirken …</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Of all that the model&apos;s sounds differ by.</source>
        <translation>Von allem, worin sich die Klänge des Modells unterscheiden.</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 nach %2</translation>
    </message>
    <message>
        <source>Words say what was heard to change; the share is of all that the model&apos;s sounds differ by.</source>
        <translation>Die Wörter sagen, was sich hörbar ändert; der Anteil gilt allem, worin sich die Klänge des Modells unterscheiden.</translation>
    </message>
    <message>
        <source>This model keeps too few sounds to have directions of its own.</source>
        <translation>Dieses Modell hat zu wenige Klänge behalten, um eigene Richtungen zu haben.</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Explore: %1</source>
        <translation>Erkunden: %1</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>%1 exportieren</translation>
    </message>
    <message>
        <source>take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>WILL BE WRITTEN AS</source>
        <translation>WIRD GESCHRIEBEN ALS</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Show in the folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Choose a folder to write into.</source>
        <translation>Einen Ordner wählen, in den geschrieben wird.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>
“%1” %2.</source>
        <translation>
„%1“ %2.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::ExportForm</name>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>24 bit</source>
        <translation>24 Bit</translation>
    </message>
    <message>
        <source>32 bit float</source>
        <translation>32 Bit Float</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Abtastrate</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Channels as they are</source>
        <translation>Kanäle, wie sie sind</translation>
    </message>
    <message>
        <source>Mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>Stereo</source>
        <translation>Stereo</translation>
    </message>
    <message>
        <source>Dither</source>
        <translation>Dither</translation>
    </message>
    <message>
        <source>Hides the rounding of 16 and 24 bit under a very soft noise.</source>
        <translation>Verbirgt das Runden auf 16 und 24 Bit unter einem sehr leisen Rauschen.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Name template</source>
        <translation>Namensvorlage</translation>
    </message>
    <message>
        <source>Filled in for each take: {name} {model} {seed} {number} {date} {time} {lufs} {seconds} {space} {format} {rate}</source>
        <translation>Wird für jeden Take ausgefüllt: {name} {model} {seed} {number} {date} {time} {lufs} {seconds} {space} {format} {rate}</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Interpret</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Comment; empty: the recipe</source>
        <translation>Kommentar; leer: das Rezept</translation>
    </message>
    <message>
        <source>Also write the recipe as a JSON file beside it</source>
        <translation>Das Rezept auch als JSON-Datei daneben schreiben</translation>
    </message>
    <message>
        <source>Replace files of the same name</source>
        <translation>Dateien gleichen Namens ersetzen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Export into</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Fade</source>
        <translation>Blende</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Loop</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::FoundPanel</name>
    <message>
        <source>Close what was found</source>
        <translation>Gefundenes schließen</translation>
    </message>
    <message>
        <source>Shows the library as it was before the search.</source>
        <translation>Zeigt die Bibliothek wie vor der Suche.</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Like %1</source>
        <translation>Ähnlich wie %1</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Sucht…</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>The first %1; say more to find less.</source>
        <translation>Die ersten %1; mehr Wörter finden weniger.</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche finden</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>No take was made with “%1” yet: there is nothing to hear of it.</source>
        <translation>Mit „%1“ wurde noch kein Take gemacht: Davon ist nichts zu hören.</translation>
    </message>
    <message>
        <source>Use preset</source>
        <translation>Preset nutzen</translation>
    </message>
    <message>
        <source>Use with its model and seed</source>
        <translation>Mit seinem Modell und Seed nutzen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::GeneratePage</name>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>A model makes new sounds after it has learned from yours. A draft takes a few minutes, and can be tried while it is still learning.</source>
        <translation>Ein Modell macht neue Klänge, nachdem es aus den eigenen gelernt hat. Ein Entwurf dauert wenige Minuten und lässt sich schon ausprobieren, während er noch lernt.</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>Zum Trainieren</translation>
    </message>
    <message>
        <source>Opens the page where models are made.</source>
        <translation>Öffnet die Seite, auf der Modelle entstehen.</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>Morphen</translation>
    </message>
    <message>
        <source>The sliders have changed nothing: move one while a take plays, with Live on.</source>
        <translation>Die Regler haben nichts geändert: einen bewegen, während ein Take spielt und „Live“ an ist.</translation>
    </message>
    <message>
        <source>There is no model yet: train one first.</source>
        <translation>Es gibt noch kein Modell: erst eines trainieren.</translation>
    </message>
    <message>
        <source>The cube “%1” that “%2” was made of is not in the library any more. The take itself is kept and can be rebuilt.</source>
        <translation>Der Würfel „%1“, aus dem „%2“ gemacht wurde, ist nicht mehr in der Bibliothek. Der Take selbst bleibt und lässt sich neu rendern.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Pages of the help</source>
        <translation>Seiten der Hilfe</translation>
    </message>
    <message>
        <source>About Smidgen…</source>
        <translation>Über Smidgen…</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::HistoryDialog</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Words and filters</source>
        <translation>Wörter und Filter</translation>
    </message>
    <message>
        <source>Words, or is:starred  model:forest  seconds&lt;2  lufs&gt;-20  tag:wet</source>
        <translation>Wörter, oder is:starred  model:wald  seconds&lt;2  lufs&gt;-20  tag:nass</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>The takes in the trash instead.</source>
        <translation>Stattdessen die Takes im Papierkorb.</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Plays the take; Enter does, too.</source>
        <translation>Spielt den Take; die Eingabetaste auch.</translation>
    </message>
    <message>
        <source>A/B</source>
        <translation>A/B</translation>
    </message>
    <message>
        <source>Turns between the last two takes you chose, at the same place.</source>
        <translation>Wechselt an derselben Stelle zwischen den beiden zuletzt gewählten Takes.</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>Einstellungen nutzen</translation>
    </message>
    <message>
        <source>Sets the Generate page to what made this take.</source>
        <translation>Stellt die Seite „Erzeugen“ auf das ein, woraus dieser Take entstand.</translation>
    </message>
    <message>
        <source>Make a preset…</source>
        <translation>Als Preset sichern…</translation>
    </message>
    <message>
        <source>Keeps its settings under a name.</source>
        <translation>Behält seine Einstellungen unter einem Namen.</translation>
    </message>
    <message>
        <source>Rebuild</source>
        <translation>Neu rendern</translation>
    </message>
    <message>
        <source>Renders the take&apos;s recipe anew and compares the samples.</source>
        <translation>Rendert das Rezept des Takes noch einmal und vergleicht die Samples.</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Marks it as one to keep.</source>
        <translation>Markiert ihn zum Behalten.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Writes the chosen takes as files.</source>
        <translation>Schreibt die gewählten Takes als Dateien.</translation>
    </message>
    <message>
        <source>To the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Moves the chosen takes to the trash, or back; undo does, too.</source>
        <translation>Verschiebt die gewählten Takes in den Papierkorb oder zurück; Rückgängig auch.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 takes</source>
        <translation>%1 Takes</translation>
    </message>
    <message>
        <source>%1 of %2 takes</source>
        <translation>%1 von %2 Takes</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>Every sound you generate is kept here.</source>
        <translation>Jeder erzeugte Klang bleibt hier.</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Seed %1</translation>
    </message>
    <message>
        <source>tags: %1</source>
        <translation>Tags: %1</translation>
    </message>
    <message>
        <source>Rendering “%1” anew …</source>
        <translation>Rendert „%1“ noch einmal …</translation>
    </message>
    <message>
        <source>“%1” comes out again, sample for sample.</source>
        <translation>„%1“ kommt genauso heraus, Sample für Sample.</translation>
    </message>
    <message>
        <source>“%1” comes out otherwise than it was kept: the model, the decoder or the program is another than then.</source>
        <translation>„%1“ kommt anders heraus als gesichert: Modell, Dekoder oder Programm ist ein anderes als damals.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::HistoryModel</name>
    <message>
        <source>explored</source>
        <translation>erkundet</translation>
    </message>
    <message>
        <source>blend</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>stereo</translation>
    </message>
    <message>
        <source>binaural</source>
        <translation>binaural</translation>
    </message>
    <message>
        <source>from the prior</source>
        <translation>vom Prior</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>★</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Lautheit</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>mit Stern</translation>
    </message>
    <message>
        <source>not starred</source>
        <translation>ohne Stern</translation>
    </message>
    <message>
        <source>%1 LUFS</source>
        <translation>%1 LUFS</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::InspectorPanel</name>
    <message>
        <source>Waveform of the take</source>
        <translation>Wellenform des Takes</translation>
    </message>
    <message>
        <source>Pre-flight table</source>
        <translation>Eingangsprüfung</translation>
    </message>
    <message>
        <source>Shows every file with its verdict on the Train page.</source>
        <translation>Zeigt auf der Seite „Trainieren“ jede Datei mit ihrer Bewertung.</translation>
    </message>
    <message>
        <source>Generate with it</source>
        <translation>Damit erzeugen</translation>
    </message>
    <message>
        <source>Goes to the Generate page with this model.</source>
        <translation>Öffnet die Seite „Erzeugen“ mit diesem Modell.</translation>
    </message>
    <message>
        <source>Copy the seed</source>
        <translation>Seed kopieren</translation>
    </message>
    <message>
        <source>Puts the seed of this take on the clipboard.</source>
        <translation>Legt den Seed dieses Takes in die Zwischenablage.</translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation>Rezept nutzen</translation>
    </message>
    <message>
        <source>Sets the Generate page to what made this take.</source>
        <translation>Stellt die Seite „Erzeugen“ auf das ein, woraus dieser Take entstand.</translation>
    </message>
    <message>
        <source>Make a preset…</source>
        <translation>Als Preset sichern…</translation>
    </message>
    <message>
        <source>Keeps the settings of this take under a name.</source>
        <translation>Behält die Einstellungen dieses Takes unter einem Namen.</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Marks this take as one to keep.</source>
        <translation>Markiert diesen Take zum Behalten.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Writes this take as a sound file.</source>
        <translation>Schreibt diesen Take als Klangdatei.</translation>
    </message>
    <message>
        <source>Choose a collection, a model or a take to see what is known of it.</source>
        <translation>Eine Sammlung, ein Modell oder einen Take wählen, um zu sehen, was davon bekannt ist.</translation>
    </message>
    <message>
        <source>Seed %1 copied.</source>
        <translation>Seed %1 kopiert.</translation>
    </message>
    <message>
        <source>COLLECTION</source>
        <translation>SAMMLUNG</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>With a remark</source>
        <translation>Mit Hinweis</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht verwendet</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>Abtastraten</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Lautheit</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Stille</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Training wants at least %1 usable sounds.</source>
        <translation>Zum Trainieren braucht es mindestens %1 brauchbare Klänge.</translation>
    </message>
    <message>
        <source>MODEL</source>
        <translation>MODELL</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>Gesund</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>Gelernt aus</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source>Of sound</source>
        <translation>Klangdauer</translation>
    </message>
    <message>
        <source>Began from</source>
        <translation>Begonnen mit</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>Gelernt</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>Gerechnet</translation>
    </message>
    <message>
        <source>%1 CPU</source>
        <translation>%1 CPU</translation>
    </message>
    <message>
        <source>Held-out error</source>
        <translation>Testfehler</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Prior</translation>
    </message>
    <message>
        <source>%1 nats a code, held out</source>
        <translation>%1 Nats je Code, Test</translation>
    </message>
    <message>
        <source>trained, nothing held out</source>
        <translation>trainiert, ohne Testklänge</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keiner</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Smidgen&apos;s base</source>
        <translation>Smidgens Basis</translation>
    </message>
    <message>
        <source>TAKE</source>
        <translation>TAKE</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>, width %1</source>
        <translation>, Breite %1</translation>
    </message>
    <message>
        <source>binaural, %1° at %2 m</source>
        <translation>binaural, %1° in %2 m</translation>
    </message>
    <message>
        <source>, moving</source>
        <translation>, bewegt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>Variation</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Gemacht aus</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>True peak</source>
        <translation>True Peak</translation>
    </message>
    <message>
        <source>%1 dBTP</source>
        <translation>%1 dBTP</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>Dekoder</translation>
    </message>
    <message>
        <source>%1, came to %2</source>
        <translation>%1, erreichte %2</translation>
    </message>
    <message>
        <source>Continues</source>
        <translation>Setzt fort</translation>
    </message>
    <message>
        <source>Closest sound</source>
        <translation>Ähnlichster Klang</translation>
    </message>
    <message>
        <source>How near</source>
        <translation>Wie nah</translation>
    </message>
    <message>
        <source>Novelty</source>
        <translation>Neuheit</translation>
    </message>
    <message>
        <source>A copy: so much of it is “%1” that it is hardly new. A higher temperature, or a prior trained on more sounds, goes further.</source>
        <translation>Eine Kopie: So viel davon ist „%1“, dass er kaum neu ist. Eine höhere Temperatur oder ein mit mehr Klängen trainierter Prior geht weiter.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::KindFields</name>
    <message>
        <source>Continuous (VAE)</source>
        <translation>Kontinuierlich (VAE)</translation>
    </message>
    <message>
        <source>Blends and drifts between your sounds; closest to how they sound.</source>
        <translation>Mischt und gleitet zwischen den eigenen Klängen; am nächsten an ihrem Klang.</translation>
    </message>
    <message>
        <source>Codes (RVQ)</source>
        <translation>Codes (RVQ)</translation>
    </message>
    <message>
        <source>Writes sounds as codes; a prior can then learn to compose and continue them.</source>
        <translation>Schreibt Klänge als Codes; ein Prior kann dann lernen, sie zu komponieren und fortzusetzen.</translation>
    </message>
    <message>
        <source>Kind: %1</source>
        <translation>Art: %1</translation>
    </message>
    <message>
        <source>What the model knows before it hears your sounds: much about sound in general, nothing at all, or what another of your models has learned.</source>
        <translation>Was das Modell weiß, bevor es die eigenen Klänge hört: viel über Klang im Allgemeinen, gar nichts, oder was ein anderes Modell gelernt hat.</translation>
    </message>
    <message>
        <source>Add to it, forgetting nothing</source>
        <translation>Dazulernen, nichts vergessen</translation>
    </message>
    <message>
        <source>The result is a new model that knows both; the old one stays as it is.</source>
        <translation>Das Ergebnis ist ein neues Modell, das beides kennt; das alte bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>The sounds the model knows are heard again beside the new ones. Where they are gone, what the model kept of them is. Unticked, only the new sounds are learned.</source>
        <translation>Die Klänge, die das Modell kennt, werden neben den neuen noch einmal gehört. Wo sie fehlen, dient, was das Modell von ihnen behalten hat. Ohne Häkchen werden nur die neuen Klänge gelernt.</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Advanced settings of codes</source>
        <translation>Erweiterte Einstellungen der Codes</translation>
    </message>
    <message>
        <source>Shows how many codes there are and how firmly sounds are held to them.</source>
        <translation>Zeigt, wie viele Codes es gibt und wie fest Klänge an sie gebunden werden.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Begin from</source>
        <translation>Ausgehen von</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>Codes of each level. Automatic: 64, 128 or 256, by how much sound there is.</source>
        <translation>Codes jeder Ebene. Automatisch: 64, 128 oder 256, je nach Menge an Klang.</translation>
    </message>
    <message>
        <source>Codes a moment of sound is written with, coarse to fine: 2 to 6.</source>
        <translation>Codes, mit denen ein Augenblick Klang geschrieben wird, von grob bis fein: 2 bis 6.</translation>
    </message>
    <message>
        <source>How firmly sounds are held to their codes while it learns; usually 0.25.</source>
        <translation>Wie fest Klänge beim Lernen an ihre Codes gebunden werden; meist 0,25.</translation>
    </message>
    <message>
        <source>Codebook size</source>
        <translation>Codebuchgröße</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Commitment</source>
        <translation>Bindung</translation>
    </message>
    <message>
        <source>Smidgen&apos;s base (knows sound in general)</source>
        <translation>Smidgens Basis (kennt Klang im Allgemeinen)</translation>
    </message>
    <message>
        <source>nothing (knows only your sounds)</source>
        <translation>nichts (kennt nur die eigenen Klänge)</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::LaneHeaders</name>
    <message>
        <source>Click chooses the lane, double-click renames it.</source>
        <translation>Klick wählt die Spur, Doppelklick benennt sie um.</translation>
    </message>
    <message>
        <source>Click chooses the lane, Ctrl adds it; double-click gives it another name.</source>
        <translation>Klick wählt die Spur, mit Strg zusätzlich; Doppelklick gibt ihr einen anderen Namen.</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Mute: this level is left out of the sound.</source>
        <translation>Stumm: Diese Ebene fehlt im Klang.</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Solo: only such levels are heard.</source>
        <translation>Solo: Nur solche Ebenen sind zu hören.</translation>
    </message>
    <message>
        <source>L</source>
        <translation>G</translation>
    </message>
    <message>
        <source>Lock: no edit changes this lane.</source>
        <translation>Gesperrt: Keine Bearbeitung ändert diese Spur.</translation>
    </message>
    <message>
        <source>Name of level %1</source>
        <translation>Name der Ebene %1</translation>
    </message>
    <message>
        <source>Mute %1</source>
        <translation>%1 stummschalten</translation>
    </message>
    <message>
        <source>Solo %1</source>
        <translation>%1 solo</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 sperren</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::LevelFields</name>
    <message>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Wie er ist</translation>
    </message>
    <message>
        <source>To a loudness</source>
        <translation>Auf eine Lautheit</translation>
    </message>
    <message>
        <source>To a peak</source>
        <translation>Auf eine Spitze</translation>
    </message>
    <message>
        <source> LUFS</source>
        <translation> LUFS</translation>
    </message>
    <message>
        <source>Target loudness</source>
        <translation>Ziel-Lautheit</translation>
    </message>
    <message>
        <source>Peaks that stand in the way of it are limited.</source>
        <translation>Spitzen, die ihr im Weg stehen, werden begrenzt.</translation>
    </message>
    <message>
        <source> dBFS</source>
        <translation> dBFS</translation>
    </message>
    <message>
        <source>Target peak</source>
        <translation>Zielspitze</translation>
    </message>
    <message>
        <source>true peak at most</source>
        <translation>True Peak höchstens</translation>
    </message>
    <message>
        <source>Hold true peaks down</source>
        <translation>True Peaks begrenzen</translation>
    </message>
    <message>
        <source>Measured on the file as it is decoded again, also where coding raises peaks.</source>
        <translation>Gemessen an der wieder dekodierten Datei, auch wo die Kodierung Spitzen anhebt.</translation>
    </message>
    <message>
        <source> dBTP</source>
        <translation> dBTP</translation>
    </message>
    <message>
        <source>True-peak ceiling</source>
        <translation>True-Peak-Grenze</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::LibraryActions</name>
    <message>
        <source>take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source>thing</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>things</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>starring %1</source>
        <translation>Stern für %1</translation>
    </message>
    <message>
        <source>unstarring %1</source>
        <translation>Stern entfernen: %1</translation>
    </message>
    <message>
        <source>tagging %1</source>
        <translation>Tags für %1</translation>
    </message>
    <message>
        <source>removing %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>%1 removed from the library. Sound files stay where they are.</source>
        <translation>%1 aus der Bibliothek entfernt. Klangdateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>%1 moved to the trash.</source>
        <translation>%1 in den Papierkorb verschoben.</translation>
    </message>
    <message>
        <source>No file of %1 is missing.</source>
        <translation>Von „%1“ fehlt keine Datei.</translation>
    </message>
    <message>
        <source>None of the %1 of %2 lies below %3. Choose another folder.</source>
        <translation>„%2“: %1, keine davon unter %3. Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>missing file</source>
        <translation>fehlende Datei</translation>
    </message>
    <message>
        <source>missing files</source>
        <translation>fehlende Dateien</translation>
    </message>
    <message>
        <source>finding files of %1</source>
        <translation>Dateien von „%1“ finden</translation>
    </message>
    <message>
        <source>All %1 of %2 found again.</source>
        <translation>„%2“: %1, alle wiedergefunden.</translation>
    </message>
    <message>
        <source>%1 of %2 of %3 found again; %4 still missing. Choose another folder for the rest.</source>
        <translation>„%3“: %2, davon %1 wiedergefunden; es fehlen noch %4. Für den Rest einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>adding %1</source>
        <translation>„%1“ hinzufügen</translation>
    </message>
    <message>
        <source>adding sounds to %1</source>
        <translation>Klänge zu „%1“ hinzufügen</translation>
    </message>
    <message>
        <source>renaming %1</source>
        <translation>„%1“ umbenennen</translation>
    </message>
    <message>
        <source>%1 was removed from the library. The sound files stay where they are.</source>
        <translation>„%1“ wurde aus der Bibliothek entfernt. Die Klangdateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>%1 taken out of the collection. The files stay where they are.</source>
        <translation>%1 aus der Sammlung genommen. Die Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Found again: %1</source>
        <translation>Wiedergefunden: %1</translation>
    </message>
    <message>
        <source>The model %1 was moved to the trash.</source>
        <translation>Das Modell „%1“ wurde in den Papierkorb verschoben.</translation>
    </message>
    <message>
        <source>deleting %1</source>
        <translation>„%1“ löschen</translation>
    </message>
    <message>
        <source>%1 is in the trash.</source>
        <translation>„%1“ liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>trashing %1</source>
        <translation>%1 in den Papierkorb</translation>
    </message>
    <message>
        <source>restoring %1</source>
        <translation>%1 zurückholen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::LibraryPanel</name>
    <message>
        <source>Search, or drop a sound…</source>
        <translation>Suchen, oder Klang ablegen…</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>Add a collection</source>
        <translation>Sammlung hinzufügen</translation>
    </message>
    <message>
        <source>Add a collection of sounds</source>
        <translation>Sammlung von Klängen hinzufügen</translation>
    </message>
    <message>
        <source>Makes a collection of sound files or of a folder.</source>
        <translation>Macht eine Sammlung aus Klangdateien oder einem Ordner.</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Sounds of the collection</source>
        <translation>Klänge der Sammlung</translation>
    </message>
    <message>
        <source>None yet. Drop sounds or a folder anywhere in this window.</source>
        <translation>Noch keine. Klänge oder einen Ordner irgendwo in diesem Fenster ablegen.</translation>
    </message>
    <message>
        <source>None yet. A model is made by training on a collection.</source>
        <translation>Noch keine. Ein Modell entsteht, indem es mit einer Sammlung trainiert wird.</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source>Sounds of %1</source>
        <translation>Klänge von %1</translation>
    </message>
    <message>
        <source>Where are the missing files now?</source>
        <translation>Wo sind die fehlenden Dateien jetzt?</translation>
    </message>
    <message>
        <source>Train on it</source>
        <translation>Damit trainieren</translation>
    </message>
    <message>
        <source>Find missing files…</source>
        <translation>Fehlende Dateien suchen…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>Aus der Bibliothek entfernen</translation>
    </message>
    <message>
        <source>Generate with it</source>
        <translation>Damit erzeugen</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Edit as codes</source>
        <translation>Als Codes bearbeiten</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche finden</translation>
    </message>
    <message>
        <source>Find the missing file…</source>
        <translation>Fehlende Datei suchen…</translation>
    </message>
    <message>
        <source>Find the missing file</source>
        <translation>Fehlende Datei suchen</translation>
    </message>
    <message>
        <source>Find all missing files…</source>
        <translation>Alle fehlenden Dateien suchen…</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Tags…</translation>
    </message>
    <message>
        <source>Take out of the collection</source>
        <translation>Aus der Sammlung nehmen</translation>
    </message>
    <message>
        <source>Put on the cube</source>
        <translation>Auf den Würfel setzen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::LinkedLibrariesPanel</name>
    <message>
        <source>Linked</source>
        <translation>Verknüpft</translation>
    </message>
    <message>
        <source>Linked libraries</source>
        <translation>Verknüpfte Bibliotheken</translation>
    </message>
    <message>
        <source>Other libraries, which are only read: Enter opens one and plays what is in it.</source>
        <translation>Andere Bibliotheken, die nur gelesen werden: Eingabe öffnet eine und spielt, was darin ist.</translation>
    </message>
    <message>
        <source>looking into it …</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>not there now</source>
        <translation>gerade nicht da</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>not opened yet</source>
        <translation>noch nicht geöffnet</translation>
    </message>
    <message>
        <source>collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source>%1
Click to see its sounds.</source>
        <translation>%1
Klicken zeigt ihre Klänge.</translation>
    </message>
    <message>
        <source>%1
Click to hear.</source>
        <translation>%1
Klicken zum Hören.</translation>
    </message>
    <message>
        <source>%1
Click to hear, drag out to copy.</source>
        <translation>%1
Klicken zum Hören, herausziehen zum Kopieren.</translation>
    </message>
    <message>
        <source>and more</source>
        <translation>und mehr</translation>
    </message>
    <message>
        <source>Search for what is not shown.</source>
        <translation>Suchen findet, was nicht gezeigt wird.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Compare with this library…</source>
        <translation>Mit dieser Bibliothek vergleichen …</translation>
    </message>
    <message>
        <source>Unlink</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Show its sounds</source>
        <translation>Ihre Klänge zeigen</translation>
    </message>
    <message>
        <source>Bring in its collection</source>
        <translation>Seine Sammlung übernehmen</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Changed on both sides: decide…</source>
        <translation>Auf beiden Seiten geändert: entscheiden …</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>“%1” is brought in…</source>
        <translation>„%1“ wird übernommen …</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::LiveSteering</name>
    <message>
        <source>%1, sliders moved</source>
        <translation>%1, Regler bewegt</translation>
    </message>
    <message>
        <source>Sliders moved</source>
        <translation>Regler bewegt</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::MainWindow</name>
    <message>
        <source>Smidgen – %1</source>
        <translation>Smidgen – %1</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Your sounds, and models that learn from them.</source>
        <translation>Eigene Klänge, und Modelle, die aus ihnen lernen.</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>New sounds of a model, by sliders or between the corners of a cube.</source>
        <translation>Neue Klänge eines Modells, mit Reglern oder zwischen den Ecken eines Würfels.</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>A sound as codes, to be painted, swapped, blended and drawn anew.</source>
        <translation>Ein Klang als Codes, zum Malen, Tauschen, Mischen und neu Ziehen.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>All sounds and takes: what lies together sounds alike.</source>
        <translation>Alle Klänge und Takes: Was beieinander liegt, klingt ähnlich.</translation>
    </message>
    <message>
        <source>%1 page</source>
        <translation>Seite „%1“</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Audio settings</source>
        <translation>Audio-Einstellungen</translation>
    </message>
    <message>
        <source>Nothing has been changed since the studio was opened.</source>
        <translation>Seit das Studio geöffnet wurde, ist nichts geändert worden.</translation>
    </message>
    <message>
        <source>Nothing has been taken back.</source>
        <translation>Es wurde nichts zurückgenommen.</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Redo %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>%1 left out: only files on this computer can be used. Save it first, then drop the file.</source>
        <translation>%1 ausgelassen: Nur Dateien auf diesem Rechner lassen sich verwenden. Erst sichern, dann die Datei ablegen.</translation>
    </message>
    <message>
        <source>address was</source>
        <translation>Adresse wurde</translation>
    </message>
    <message>
        <source>addresses were</source>
        <translation>Adressen wurden</translation>
    </message>
    <message>
        <source>Add sound files</source>
        <translation>Klangdateien hinzufügen</translation>
    </message>
    <message>
        <source>Sounds (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3)</source>
        <translation>Klänge (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add a folder of sounds</source>
        <translation>Ordner mit Klängen hinzufügen</translation>
    </message>
    <message>
        <source>The training of “%1” was interrupted.</source>
        <translation>Das Training von „%1“ wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Choose a take first: click one of the cards below.</source>
        <translation>Erst einen Take wählen: eine der Karten unten anklicken.</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>Empty this list</source>
        <translation>Diese Liste leeren</translation>
    </message>
    <message>
        <source>The folder %1 is not there any more, so it was taken off the list. Is a drive missing?</source>
        <translation>Den Ordner %1 gibt es nicht mehr; er wurde aus der Liste genommen. Fehlt ein Laufwerk?</translation>
    </message>
    <message>
        <source>%1 “%2” is not in the library any more, so it was taken off the list. What was moved to the trash can be brought back with Undo.</source>
        <translation>%1 „%2“ ist nicht mehr in der Bibliothek und wurde aus der Liste genommen. Was in den Papierkorb verschoben wurde, holt Rückgängig zurück.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::MapPage</name>
    <message>
        <source>Kinds on the map</source>
        <translation>Arten auf der Karte</translation>
    </message>
    <message>
        <source>What is not of that kind is dimmed.</source>
        <translation>Was nicht von dieser Art ist, wird abgedunkelt.</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>Mit Stern</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <source>Star what is chosen</source>
        <translation>Stern für das Gewählte</translation>
    </message>
    <message>
        <source>Gives a star to all that is chosen, or takes it from all.</source>
        <translation>Gibt allem Gewählten einen Stern oder nimmt ihn allem.</translation>
    </message>
    <message>
        <source>Tags of what is chosen…</source>
        <translation>Tags des Gewählten…</translation>
    </message>
    <message>
        <source>Gives tags to all that is chosen, or takes them away.</source>
        <translation>Gibt allem Gewählten Tags oder nimmt sie weg.</translation>
    </message>
    <message>
        <source>Remove what is chosen</source>
        <translation>Gewähltes entfernen</translation>
    </message>
    <message>
        <source>Make a collection…</source>
        <translation>Sammlung machen…</translation>
    </message>
    <message>
        <source>Keep the way as a take</source>
        <translation>Weg als Take behalten</translation>
    </message>
    <message>
        <source>Laying out the map…</source>
        <translation>Legt die Karte an…</translation>
    </message>
    <message>
        <source>Nothing is on the map yet. Drop sounds anywhere in this window.</source>
        <translation>Auf der Karte ist noch nichts. Klänge irgendwo in diesem Fenster ablegen.</translation>
    </message>
    <message>
        <source>%1: the general in the middle, the special at the rim</source>
        <translation>%1: das Allgemeine in der Mitte, das Besondere am Rand</translation>
    </message>
    <message>
        <source>thing</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>things</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>%1 of %2 chosen</source>
        <translation>%1 von %2 gewählt</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche finden</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Tags…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Rendering the way from %1 to %2 …</source>
        <translation>Rendert den Weg von %1 nach %2 …</translation>
    </message>
    <message>
        <source>Make a collection</source>
        <translation>Sammlung machen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Edited sounds</source>
        <translation>Bearbeitete Klänge</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Presets</translation>
    </message>
    <message>
        <source>Models on the map</source>
        <translation>Modelle auf der Karte</translation>
    </message>
    <message>
        <source>What was not made with that model is dimmed.</source>
        <translation>Was nicht mit diesem Modell gemacht wurde, ist abgeblendet.</translation>
    </message>
    <message>
        <source>Sounds leave their collections, all else goes to the trash; undo brings it back.</source>
        <translation>Klänge verlassen ihre Sammlungen, alles andere kommt in den Papierkorb; Rückgängig holt es zurück.</translation>
    </message>
    <message>
        <source>listening to edited sounds, %1 of %2</source>
        <translation>bearbeitete Klänge werden gehört, %1 von %2</translation>
    </message>
    <message>
        <source>%1 without a place</source>
        <translation>%1 ohne Platz</translation>
    </message>
    <message>
        <source>Without a place: what is silent, edited sounds that nobody has listened to yet, and presets that no take was made with.</source>
        <translation>Ohne Platz: Stilles, bearbeitete Klänge, die noch niemand gehört hat, und Presets, mit denen kein Take gemacht wurde.</translation>
    </message>
    <message>
        <source>Decoding “%1” …</source>
        <translation>„%1“ wird dekodiert …</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Use preset</source>
        <translation>Preset nutzen</translation>
    </message>
    <message>
        <source>Use with its model and seed</source>
        <translation>Mit seinem Modell und Seed nutzen</translation>
    </message>
    <message>
        <source>“%1” is an edited sound. Keep it as a take, and a way can begin or end there.</source>
        <translation>„%1“ ist ein bearbeiteter Klang. Als Take behalten, kann ein Weg dort beginnen oder enden.</translation>
    </message>
    <message>
        <source>A collection of what is chosen: by Shift and drag, Shift and arrows, Ctrl+Space, or Ctrl+A.</source>
        <translation>Eine Sammlung aus dem Gewählten: mit Umschalt und Ziehen, Umschalt und Pfeilen, Strg+Leertaste oder Strg+A.</translation>
    </message>
    <message>
        <source>What was heard between two sounds: by Alt and drag, or from the menu when two are chosen.</source>
        <translation>Was zwischen zwei Klängen zu hören war: mit Alt und Ziehen, oder aus dem Menü, wenn zwei gewählt sind.</translation>
    </message>
    <message>
        <source>Drag moves, the wheel zooms, a click is to hear, a double click opens. Arrows, Shift and arrows, Space, Ctrl+Space, Home, F; the menu has more.</source>
        <translation>Ziehen bewegt, das Rad zoomt, ein Klick spielt, ein Doppelklick öffnet. Pfeile, Umschalt und Pfeile, Leertaste, Strg+Leertaste, Pos1, F; das Menü kann mehr.</translation>
    </message>
    <message>
        <source>Edit its codes</source>
        <translation>Codes bearbeiten</translation>
    </message>
    <message>
        <source>Put on the cube</source>
        <translation>Auf den Würfel setzen</translation>
    </message>
    <message>
        <source>Hear the way from %1 to %2</source>
        <translation>Den Weg von %1 zu %2 hören</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::MappingForm</name>
    <message>
        <source>Lower end of the range</source>
        <translation>Unteres Ende des Bereichs</translation>
    </message>
    <message>
        <source>Upper end of the range</source>
        <translation>Oberes Ende des Bereichs</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>0 to 1 is the collection&apos;s own range; beyond lie its outermost sounds.</source>
        <translation>0 bis 1 ist der Bereich der Sammlung; jenseits liegen ihre äußersten Klänge.</translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation>Umgekehrt</translation>
    </message>
    <message>
        <source>Up is down.</source>
        <translation>Oben ist unten.</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>Even</source>
        <translation>Gleichmäßig</translation>
    </message>
    <message>
        <source>Fine at the low end</source>
        <translation>Fein am unteren Ende</translation>
    </message>
    <message>
        <source>Fine at the high end</source>
        <translation>Fein am oberen Ende</translation>
    </message>
    <message>
        <source>How the way of the control is spread over the range.</source>
        <translation>Wie sich der Weg des Controllers über den Bereich verteilt.</translation>
    </message>
    <message>
        <source>When it stands elsewhere</source>
        <translation>Wenn er anderswo steht</translation>
    </message>
    <message>
        <source>Pick up in passing</source>
        <translation>Im Vorbeigehen abholen</translation>
    </message>
    <message>
        <source>Jump</source>
        <translation>Springen</translation>
    </message>
    <message>
        <source>What happens when the control is moved and the slider stands somewhere else.</source>
        <translation>Was geschieht, wenn der Controller bewegt wird und der Regler anderswo steht.</translation>
    </message>
    <message>
        <source>Its values</source>
        <translation>Seine Werte</translation>
    </message>
    <message>
        <source>Where it stands</source>
        <translation>Wo er steht</translation>
    </message>
    <message>
        <source>Steps: 1 up, 127 down</source>
        <translation>Schritte: 1 auf, 127 ab</translation>
    </message>
    <message>
        <source>Steps: 65 up, 63 down</source>
        <translation>Schritte: 65 auf, 63 ab</translation>
    </message>
    <message>
        <source>Steps: 1 up, 65 down</source>
        <translation>Schritte: 1 auf, 65 ab</translation>
    </message>
    <message>
        <source>Endless encoders send steps; which numbers, their manual says.</source>
        <translation>Endlosregler senden Schritte; mit welchen Zahlen, steht in ihrem Handbuch.</translation>
    </message>
    <message>
        <source>A step, as part of the range</source>
        <translation>Ein Schritt, als Teil des Bereichs</translation>
    </message>
    <message>
        <source>The button</source>
        <translation>Der Taster</translation>
    </message>
    <message>
        <source>Switches with every press</source>
        <translation>Schaltet bei jedem Druck um</translation>
    </message>
    <message>
        <source>On while it is down</source>
        <translation>An, solange er gedrückt ist</translation>
    </message>
    <message>
        <source>How something that is on or off follows.</source>
        <translation>Wie etwas folgt, das an oder aus ist.</translation>
    </message>
    <message>
        <source>any</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>MIDI channel</source>
        <translation>MIDI-Kanal</translation>
    </message>
    <message>
        <source>From any device</source>
        <translation>Von jedem Gerät</translation>
    </message>
    <message>
        <source>Show on the device</source>
        <translation>Am Gerät anzeigen</translation>
    </message>
    <message>
        <source>Motor faders and lamps follow what else moves it: the same message is sent to the device.</source>
        <translation>Motorfader und Lampen folgen dem, was ihn sonst bewegt: Dieselbe Nachricht geht an das Gerät.</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>A step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::MappingsPanel</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>press by press</source>
        <translation>Druck für Druck</translation>
    </message>
    <message>
        <source>while down</source>
        <translation>solange gedrückt</translation>
    </message>
    <message>
        <source>press</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>, inverted</source>
        <translation>, umgekehrt</translation>
    </message>
    <message>
        <source>, steps</source>
        <translation>, Schritte</translation>
    </message>
    <message>
        <source>What moves what</source>
        <translation>Was was bewegt</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>Bewegt</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>Controller</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>What a control is to be learned for</source>
        <translation>Wofür ein Controller gelernt werden soll</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The chosen control moves this no more.</source>
        <translation>Der gewählte Controller bewegt dies nicht mehr.</translation>
    </message>
    <message>
        <source>What a control did last</source>
        <translation>Was ein Controller zuletzt getan hat</translation>
    </message>
    <message>
        <source>unknown to this version</source>
        <translation>dieser Version unbekannt</translation>
    </message>
    <message>
        <source>Stop learning</source>
        <translation>Lernen beenden</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Choose what shall move, press Learn, and move a control. MIDI learn also stands in the menu of every slider.</source>
        <translation>Wählen, was sich bewegen soll, „Lernen“ drücken und einen Controller bewegen. MIDI-Lernen steht auch im Menü jedes Reglers.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::MessageBar</name>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::MidiInputsPanel</name>
    <message>
        <source>Listen to every MIDI input</source>
        <translation>Auf alle MIDI-Eingänge hören</translation>
    </message>
    <message>
        <source>Also to those that are plugged in later.</source>
        <translation>Auch auf solche, die später angeschlossen werden.</translation>
    </message>
    <message>
        <source>MIDI inputs</source>
        <translation>MIDI-Eingänge</translation>
    </message>
    <message>
        <source>%1 (not plugged in)</source>
        <translation>%1 (nicht angeschlossen)</translation>
    </message>
    <message>
        <source>With a JACK server, programs also reach Smidgen through its port “Smidgen MIDI”.</source>
        <translation>Mit einem JACK-Server erreichen auch Programme Smidgen über seinen Port „Smidgen MIDI“.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::MorphPanel</name>
    <message>
        <source>MORPH</source>
        <translation>MORPHEN</translation>
    </message>
    <message>
        <source>Cube</source>
        <translation>Würfel</translation>
    </message>
    <message>
        <source>No cube yet</source>
        <translation>Noch kein Würfel</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>An empty cube to put sounds on.</source>
        <translation>Ein leerer Würfel, auf den sich Klänge setzen lassen.</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Gives the cube another name.</source>
        <translation>Gibt dem Würfel einen anderen Namen.</translation>
    </message>
    <message>
        <source>Axes…</source>
        <translation>Achsen…</translation>
    </message>
    <message>
        <source>Gives the axes names that say what changes along them: dark → bright.</source>
        <translation>Gibt den Achsen Namen, die sagen, was sich entlang ihnen ändert: dunkel → hell.</translation>
    </message>
    <message>
        <source>Fill the gaps</source>
        <translation>Lücken füllen</translation>
    </message>
    <message>
        <source>The chosen model makes a sound for every empty node, of what lies around it.</source>
        <translation>Das gewählte Modell macht für jeden leeren Knoten einen Klang aus dem, was um ihn liegt.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Moves the cube to the trash; undo brings it back.</source>
        <translation>Verschiebt den Würfel in den Papierkorb; Rückgängig holt ihn zurück.</translation>
    </message>
    <message>
        <source>Put take</source>
        <translation>Take setzen</translation>
    </message>
    <message>
        <source>Puts the chosen take on the node under the cursor; Enter does, too, and so does dropping sounds.</source>
        <translation>Setzt den gewählten Take auf den Knoten unter dem Cursor; die Eingabetaste auch, ebenso das Ablegen von Klängen.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Empties the node under the cursor (Del).</source>
        <translation>Leert den Knoten unter dem Cursor (Entf).</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Angleichen</translation>
    </message>
    <message>
        <source>Moves the dot to where the cube sounds most like the chosen take.</source>
        <translation>Setzt den Punkt dorthin, wo der Würfel dem gewählten Take am ähnlichsten klingt.</translation>
    </message>
    <message>
        <source>Keep as take</source>
        <translation>Als Take</translation>
    </message>
    <message>
        <source>Makes a take of what the dot sounds like.</source>
        <translation>Macht einen Take aus dem, wie der Punkt klingt.</translation>
    </message>
    <message>
        <source>Render way</source>
        <translation>Weg rendern</translation>
    </message>
    <message>
        <source>Makes a take along the way that is drawn.</source>
        <translation>Macht einen Take entlang des gezeichneten Wegs.</translation>
    </message>
    <message>
        <source>Draw way</source>
        <translation>Weg zeichnen</translation>
    </message>
    <message>
        <source>Corner</source>
        <translation>Ecke</translation>
    </message>
    <message>
        <source>Lets the way go on to where the dot is.</source>
        <translation>Führt den Weg weiter bis zum Punkt.</translation>
    </message>
    <message>
        <source>How often the sound is heard on its way</source>
        <translation>Wie oft der Klang auf seinem Weg zu hören ist</translation>
    </message>
    <message>
        <source>Sliders</source>
        <translation>Regler</translation>
    </message>
    <message>
        <source>Back to the sliders.</source>
        <translation>Zurück zu den Reglern.</translation>
    </message>
    <message>
        <source>Morph pad</source>
        <translation>Morph-Feld</translation>
    </message>
    <message>
        <source>Drag the dot to hear what lies between the sounds; drop sounds on nodes. Arrows move the dot, with Ctrl from node to node; Enter puts the chosen take there, Del clears.</source>
        <translation>Den Punkt ziehen, um zu hören, was zwischen den Klängen liegt; Klänge auf Knoten ablegen. Pfeile bewegen den Punkt, mit Strg von Knoten zu Knoten; die Eingabetaste setzt den gewählten Take, Entf leert.</translation>
    </message>
    <message>
        <source>across</source>
        <translation>quer</translation>
    </message>
    <message>
        <source>up</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>A cube holds sounds on a grid, and what lies between them can be heard. Make one, and drop sounds or takes on its nodes.</source>
        <translation>Ein Würfel hält Klänge auf einem Raster, und was zwischen ihnen liegt, lässt sich hören. Einen anlegen und Klänge oder Takes auf seinen Knoten ablegen.</translation>
    </message>
    <message>
        <source>Drop sounds or takes on the nodes.</source>
        <translation>Klänge oder Takes auf den Knoten ablegen.</translation>
    </message>
    <message>
        <source>%1 of %2 nodes; drag the dot to hear what lies between.</source>
        <translation>%1 von %2 Knoten; den Punkt ziehen, um zu hören, was dazwischen liegt.</translation>
    </message>
    <message>
        <source>New cube</source>
        <translation>Neuer Würfel</translation>
    </message>
    <message>
        <source>Name; a size may follow, as in “Rooms 4x3” or “Rooms 4x3x2”</source>
        <translation>Name; eine Größe kann folgen, wie in „Räume 4x3“ oder „Räume 4x3x2“</translation>
    </message>
    <message>
        <source>Rename cube</source>
        <translation>Würfel umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>renaming a cube</source>
        <translation>Würfel umbenennen</translation>
    </message>
    <message>
        <source>deleting the cube “%1”</source>
        <translation>Würfel „%1“ löschen</translation>
    </message>
    <message>
        <source>%1, morphed</source>
        <translation>%1, gemorpht</translation>
    </message>
    <message>
        <source>Rendering …</source>
        <translation>Rendert …</translation>
    </message>
    <message>
        <source>Kept among the takes.</source>
        <translation>Unter den Takes behalten.</translation>
    </message>
    <message>
        <source>%1 %2 %3</source>
        <translation>%1 %2 %3</translation>
    </message>
    <message>
        <source>%1, a way</source>
        <translation>%1, ein Weg</translation>
    </message>
    <message>
        <source>Choose the take to be matched.</source>
        <translation>Den Take wählen, an den angeglichen wird.</translation>
    </message>
    <message>
        <source>Looking for the place …</source>
        <translation>Sucht die Stelle …</translation>
    </message>
    <message>
        <source>The dot is where it comes closest: %1 (%2%3 off).</source>
        <translation>Der Punkt ist, wo es am nächsten kommt: %1 (%2%3 daneben).</translation>
    </message>
    <message>
        <source> dB</source>
        <translation> dB</translation>
    </message>
    <message>
        <source>Putting %1 on …</source>
        <translation>Setzt %1 auf den Würfel …</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source>putting sounds on nodes</source>
        <translation>Klänge auf Knoten setzen</translation>
    </message>
    <message>
        <source>Choose a take first, or drop a sound on the node.</source>
        <translation>Erst einen Take wählen oder einen Klang auf dem Knoten ablegen.</translation>
    </message>
    <message>
        <source>clearing a node</source>
        <translation>Knoten leeren</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Bricht ab …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The model makes sounds for the gaps …</source>
        <translation>Das Modell macht Klänge für die Lücken …</translation>
    </message>
    <message>
        <source>Gap %1 of %2 has its sound …</source>
        <translation>Lücke %1 von %2 hat ihren Klang …</translation>
    </message>
    <message>
        <source>filling the gaps of a cube</source>
        <translation>Lücken eines Würfels füllen</translation>
    </message>
    <message>
        <source>Axes of %1</source>
        <translation>Achsen von %1</translation>
    </message>
    <message>
        <source>To the right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Upward</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>From slice to slice</source>
        <translation>Von Scheibe zu Scheibe</translation>
    </message>
    <message>
        <source>dark → bright</source>
        <translation>dunkel → hell</translation>
    </message>
    <message>
        <source>naming the axes of a cube</source>
        <translation>Achsen eines Würfels benennen</translation>
    </message>
    <message>
        <source>The way that the take was made of.</source>
        <translation>Der Weg, aus dem der Take entstand.</translation>
    </message>
    <message>
        <source>The place that the take was made of.</source>
        <translation>Die Stelle, aus der der Take entstand.</translation>
    </message>
    <message>
        <source>Dragging draws a way through the cube instead of moving the dot, and so do the arrows.</source>
        <translation>Ziehen zeichnet einen Weg durch den Würfel, statt den Punkt zu bewegen, und die Pfeile ebenso.</translation>
    </message>
    <message>
        <source>Drag, or arrows, draw the way; with Ctrl from node to node. Backspace takes the last step back, Esc all of it.</source>
        <translation>Ziehen oder Pfeile zeichnen den Weg, mit Strg von Knoten zu Knoten. Die Rücktaste nimmt den letzten Schritt zurück, Esc den ganzen Weg.</translation>
    </message>
    <message>
        <source>There is no cube yet to put sounds on: make one with New…</source>
        <translation>Noch gibt es keinen Würfel für die Klänge: einer entsteht mit Neu…</translation>
    </message>
    <message>
        <source>Put sounds on the node</source>
        <translation>Klänge auf den Knoten setzen</translation>
    </message>
    <message>
        <source>Sounds (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3)</source>
        <translation>Klänge (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Put “%1” here</source>
        <translation>„%1“ hierher setzen</translation>
    </message>
    <message>
        <source>Put the chosen take here</source>
        <translation>Den gewählten Take hierher setzen</translation>
    </message>
    <message>
        <source>Put sound files here…</source>
        <translation>Klangdateien hierher setzen…</translation>
    </message>
    <message>
        <source>Clear the node</source>
        <translation>Knoten leeren</translation>
    </message>
    <message>
        <source>Clear the way</source>
        <translation>Weg löschen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::OscPanel</name>
    <message>
        <source>Listen for OSC</source>
        <translation>Auf OSC hören</translation>
    </message>
    <message>
        <source>UDP port</source>
        <translation>UDP-Port</translation>
    </message>
    <message>
        <source>Also from other machines</source>
        <translation>Auch von anderen Rechnern</translation>
    </message>
    <message>
        <source>Anyone on the network can then move the sliders; without it, only programs on this machine.</source>
        <translation>Dann kann jeder im Netz die Regler bewegen; ohne dies nur Programme auf diesem Rechner.</translation>
    </message>
    <message>
        <source>OSC addresses</source>
        <translation>OSC-Adressen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Does</source>
        <translation>Bewirkt</translation>
    </message>
    <message>
        <source>Nothing listens.</source>
        <translation>Nichts hört zu.</translation>
    </message>
    <message>
        <source>Listening on UDP port %1 of every network this machine is in.</source>
        <translation>Hört auf UDP-Port %1 in jedem Netz, in dem dieser Rechner ist.</translation>
    </message>
    <message>
        <source>Listening on UDP port %1, for programs on this machine.</source>
        <translation>Hört auf UDP-Port %1, für Programme auf diesem Rechner.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::OtherItemsModel</name>
    <message>
        <source>take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>cube</source>
        <translation>Würfel</translation>
    </message>
    <message>
        <source>preset</source>
        <translation>Preset</translation>
    </message>
    <message>
        <source>only there</source>
        <translation>nur dort</translation>
    </message>
    <message>
        <source>newer there</source>
        <translation>dort neuer</translation>
    </message>
    <message>
        <source>changed on both sides</source>
        <translation>auf beiden Seiten geändert</translation>
    </message>
    <message>
        <source>removed here for good</source>
        <translation>hier endgültig entfernt</translation>
    </message>
    <message>
        <source>only here</source>
        <translation>nur hier</translation>
    </message>
    <message>
        <source>newer here</source>
        <translation>hier neuer</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>tags or star</source>
        <translation>Schlagwörter oder Stern</translation>
    </message>
    <message>
        <source>content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>in the trash on one side</source>
        <translation>auf einer Seite im Papierkorb</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>can be brought in</source>
        <translation>kann übernommen werden</translation>
    </message>
    <message>
        <source>can be brought in; ours stays as an earlier state</source>
        <translation>kann übernommen werden; das Hiesige bleibt als früherer Stand</translation>
    </message>
    <message>
        <source>comes as a new one when chosen</source>
        <translation>kommt als neues, wenn ausgewählt</translation>
    </message>
    <message>
        <source>can be sent there</source>
        <translation>kann dorthin gesendet werden</translation>
    </message>
    <message>
        <source>ours stays</source>
        <translation>das Hiesige bleibt</translation>
    </message>
    <message>
        <source>theirs comes, ours is kept beside it</source>
        <translation>das Dortige kommt, das Hiesige bleibt daneben</translation>
    </message>
    <message>
        <source>theirs comes, ours stays as an earlier state</source>
        <translation>das Dortige kommt, das Hiesige bleibt als früherer Stand</translation>
    </message>
    <message>
        <source>both are kept</source>
        <translation>beide bleiben</translation>
    </message>
    <message>
        <source>not decided yet</source>
        <translation>noch nicht entschieden</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 (here: %2)</source>
        <translation>%1 (hier: %2)</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::OtherLibraryDialog</name>
    <message>
        <source>What comes from the other library, or goes there, goes on in the background.</source>
        <translation>Was aus der anderen Bibliothek kommt oder dorthin geht, läuft im Hintergrund weiter.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Choose the folder of another library</source>
        <translation>Ordner einer anderen Bibliothek wählen</translation>
    </message>
    <message>
        <source>The link was taken away. Nothing was changed there, and what was brought in stays.</source>
        <translation>Die Verknüpfung ist entfernt. Dort wurde nichts geändert, und Übernommenes bleibt.</translation>
    </message>
    <message>
        <source>Looking into “%1” …</source>
        <translation>„%1“ wird gelesen…</translation>
    </message>
    <message>
        <source>%1 It stays linked, and what was brought in stays here.</source>
        <translation>%1 Sie bleibt verknüpft, und Übernommenes bleibt hier.</translation>
    </message>
    <message>
        <source>%1 in all. It is only read, unless you send something there.</source>
        <translation>%1 insgesamt. Sie wird nur gelesen, solange nichts dorthin gesendet wird.</translation>
    </message>
    <message>
        <source>%1 in all. Nothing can be written there, so nothing can be sent.</source>
        <translation>%1 insgesamt. Dort kann nichts geschrieben, also auch nichts hingesendet werden.</translation>
    </message>
    <message>
        <source>%1 of %2 shown</source>
        <translation>%1 von %2 angezeigt</translation>
    </message>
    <message>
        <source>Bring in %1</source>
        <translation>%1 übernehmen</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Bring in all shown (%1)</source>
        <translation>Alle angezeigten übernehmen (%1)</translation>
    </message>
    <message>
        <source>Choose a library first.</source>
        <translation>Zuerst eine Bibliothek wählen.</translation>
    </message>
    <message>
        <source>Nothing can be written in that folder.</source>
        <translation>In diesem Ordner kann nichts geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose something that is only here, or newer here.</source>
        <translation>Etwas auswählen, das nur hier oder hier neuer ist.</translation>
    </message>
    <message>
        <source>Copies what is chosen into the other library. What was changed on both sides is left alone.</source>
        <translation>Kopiert das Ausgewählte in die andere Bibliothek. Was auf beiden Seiten geändert wurde, bleibt unberührt.</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source>%1 went there: %2 new, %3 brought up to date.</source>
        <translation>%1 gesendet: %2 neu, %3 aktualisiert.</translation>
    </message>
    <message>
        <source>%1 changed there meanwhile and left alone.</source>
        <translation>%1 dort inzwischen geändert und so belassen.</translation>
    </message>
    <message>
        <source>Another library</source>
        <translation>Andere Bibliothek</translation>
    </message>
    <message>
        <source>Choose the folder of another library, or drop it here. It is only read.</source>
        <translation>Den Ordner einer anderen Bibliothek wählen oder hier ablegen. Sie wird nur gelesen.</translation>
    </message>
    <message>
        <source>Folder of the other library; those that are linked are in the list</source>
        <translation>Ordner der anderen Bibliothek; verknüpfte stehen in der Liste</translation>
    </message>
    <message>
        <source>Type a folder and press Enter, or choose one that is linked.</source>
        <translation>Einen Ordner eingeben und Enter drücken oder einen verknüpften wählen.</translation>
    </message>
    <message>
        <source>Folder of another library</source>
        <translation>Ordner einer anderen Bibliothek</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Looks into a library and links it.</source>
        <translation>Liest eine Bibliothek und verknüpft sie.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Reads what is there now.</source>
        <translation>Liest, was jetzt dort liegt.</translation>
    </message>
    <message>
        <source>Unlink</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Takes it off this list. Nothing is changed there, and what was brought in stays.</source>
        <translation>Nimmt sie aus dieser Liste. Dort wird nichts geändert, und Übernommenes bleibt.</translation>
    </message>
    <message>
        <source>Words and filters</source>
        <translation>Wörter und Filter</translation>
    </message>
    <message>
        <source>Words, or kind:take  tag:wet  model:forest  seconds&lt;2  is:starred</source>
        <translation>Wörter oder kind:take  tag:wet  model:forest  seconds&lt;2  is:starred</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>Cubes</source>
        <translation>Würfel</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Presets</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Was sich unterscheidet</translation>
    </message>
    <message>
        <source>What is new there</source>
        <translation>Was dort neu ist</translation>
    </message>
    <message>
        <source>Changed on both sides</source>
        <translation>Auf beiden Seiten geändert</translation>
    </message>
    <message>
        <source>What is new here</source>
        <translation>Was hier neu ist</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Things of the other library and of this one</source>
        <translation>Einträge der anderen und dieser Bibliothek</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stops. What has come stays; the rest comes when it is asked for again.</source>
        <translation>Hält an. Übernommenes bleibt; der Rest kommt beim nächsten Mal.</translation>
    </message>
    <message>
        <source>Copies what is chosen into this library. What changed on both sides needs a decision.</source>
        <translation>Kopiert das Ausgewählte in diese Bibliothek. Was auf beiden Seiten geändert wurde, braucht eine Entscheidung.</translation>
    </message>
    <message>
        <source>Everything that the list shows and that can come; what is not decided is left.</source>
        <translation>Alles, was die Liste zeigt und kommen kann; nicht Entschiedenes bleibt.</translation>
    </message>
    <message>
        <source>Send there</source>
        <translation>Dorthin senden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::PositionField</name>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Reset the window</source>
        <translation>Fenster zurücksetzen</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Brings size and panels back as they come with the program.</source>
        <translation>Stellt Größe und Bereiche wieder her, wie sie mit dem Programm kommen.</translation>
    </message>
    <message>
        <source>New takes</source>
        <translation>Neue Takes</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Every shortcut can be changed.</source>
        <translation>Jedes Tastenkürzel lässt sich ändern.</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>MIDI and OSC</source>
        <translation>MIDI und OSC</translation>
    </message>
    <message>
        <source>What moves which slider, and what listens.</source>
        <translation>Was welchen Regler bewegt, und was zuhört.</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>As the desktop: light or dark, found out when the studio starts.</source>
        <translation>Wie der Desktop: hell oder dunkel, beim Start des Studios ermittelt.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>Größe von allem</translation>
    </message>
    <message>
        <source>Letters, fields and pictures. From the next start on.</source>
        <translation>Schrift, Felder und Bilder. Vom nächsten Start an.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Of everything in the window. From the next start on.</source>
        <translation>Für alles im Fenster. Vom nächsten Start an.</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>What the Generate page begins with when the studio starts.</source>
        <translation>Womit die Seite „Erzeugen“ beim Start des Studios beginnt.</translation>
    </message>
    <message>
        <source>The best there is</source>
        <translation>Der beste, den es gibt</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>Dekoder</translation>
    </message>
    <message>
        <source>Makes sound of what a model says. A take that is used as settings keeps its own.</source>
        <translation>Macht Klang aus dem, was ein Modell sagt. Ein Take, dessen Einstellungen genutzt werden, behält seinen eigenen.</translation>
    </message>
    <message>
        <source>Without weights (Griffin-Lim)</source>
        <translation>Ohne Gewichte (Griffin-Lim)</translation>
    </message>
    <message>
        <source>without end</source>
        <translation>ohne Ende</translation>
    </message>
    <message>
        <source>Steps of Undo</source>
        <translation>Rückgängig-Schritte</translation>
    </message>
    <message>
        <source>How many can be taken back. Counts at once while nothing has been changed, else from the next start on.</source>
        <translation>Wie viele Schritte sich zurücknehmen lassen. Gilt sofort, solange nichts geändert wurde, sonst vom nächsten Start an.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Models, takes and codes lie here; your own sounds stay where they are. Another library: start with --library DIR.</source>
        <translation>Hier liegen Modelle, Takes und Codes; die eigenen Klänge bleiben, wo sie sind. Eine andere Bibliothek: mit --library ORDNER starten.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>No file manager answered. The library lies in %1.</source>
        <translation>Keine Dateiverwaltung hat geantwortet. Die Bibliothek liegt in %1.</translation>
    </message>
    <message>
        <source>Its files</source>
        <translation>Ihre Dateien</translation>
    </message>
    <message>
        <source>In the file manager. Look, but change nothing there by hand.</source>
        <translation>In der Dateiverwaltung. Ansehen, aber dort nichts von Hand ändern.</translation>
    </message>
    <message>
        <source>The device that plays, its rate and its buffer; what is recorded from, and where to.</source>
        <translation>Das Wiedergabegerät, seine Rate und sein Puffer; wovon aufgenommen wird und wohin.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::PreflightModel</name>
    <message>
        <source>used</source>
        <translation>verwendet</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht verwendet</translation>
    </message>
    <message>
        <source>%1 · %2 · Enter plays it</source>
        <translation>%1 · %2 · Eingabetaste spielt sie</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>kHz</source>
        <translation>kHz</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>LUFS</source>
        <translation>LUFS</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::PreflightPanel</name>
    <message>
        <source>Pre-flight table</source>
        <translation>Eingangsprüfung</translation>
    </message>
    <message>
        <source>What will be used, what not, and why. Enter or double-click plays a sound.</source>
        <translation>Was verwendet wird, was nicht, und warum. Eingabetaste oder Doppelklick spielt einen Klang.</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>Take out of the collection</source>
        <translation>Aus der Sammlung nehmen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::PresetButton</name>
    <message>
        <source>Presets</source>
        <translation>Presets</translation>
    </message>
    <message>
        <source>Settings under a name: use one, or save these.</source>
        <translation>Einstellungen unter einem Namen: welche nutzen oder diese sichern.</translation>
    </message>
    <message>
        <source>Save these settings…</source>
        <translation>Diese Einstellungen sichern…</translation>
    </message>
    <message>
        <source>Manage presets…</source>
        <translation>Presets verwalten…</translation>
    </message>
    <message>
        <source>Save a preset</source>
        <translation>Preset sichern</translation>
    </message>
    <message>
        <source>Name; with “/”, folders:</source>
        <translation>Name; mit „/“ Ordner:</translation>
    </message>
    <message>
        <source>Saved as “%1”.</source>
        <translation>Als „%1“ gesichert.</translation>
    </message>
    <message>
        <source>Write over it?</source>
        <translation>Überschreiben?</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::PresetsDialog</name>
    <message>
        <source>Presets</source>
        <translation>Presets</translation>
    </message>
    <message>
        <source>Presets by their folders</source>
        <translation>Presets nach ihren Ordnern</translation>
    </message>
    <message>
        <source>Name of the preset; with “/”, folders</source>
        <translation>Name des Presets; mit „/“ Ordner</translation>
    </message>
    <message>
        <source>Folder/Name</source>
        <translation>Ordner/Name</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Nutzen</translation>
    </message>
    <message>
        <source>Its settings with the model, seed and length that are set now.</source>
        <translation>Seine Einstellungen mit Modell, Seed und Länge, wie sie jetzt eingestellt sind.</translation>
    </message>
    <message>
        <source>Use with its model and seed</source>
        <translation>Mit seinem Modell und Seed nutzen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Moves it to the trash; undo brings it back.</source>
        <translation>Verschiebt es in den Papierkorb; Rückgängig holt es zurück.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>sliders as they come</source>
        <translation>Regler, wie sie kommen</translation>
    </message>
    <message>
        <source>saved with %1</source>
        <translation>gesichert mit %1</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>kam mit dem Programm</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::PreviewList</name>
    <message>
        <source>The first held-out sounds can be heard at the first checkpoint.</source>
        <translation>Die ersten Testklänge sind ab dem ersten Zwischenstand zu hören.</translation>
    </message>
    <message>
        <source>step %1 · %2 dB away</source>
        <translation>Schritt %1 · %2 dB entfernt</translation>
    </message>
    <message>
        <source>%1, original</source>
        <translation>%1, Original</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation>%1, Schritt %2</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::PriorFields</name>
    <message>
        <source>Prior</source>
        <translation>Prior</translation>
    </message>
    <message>
        <source>Use the prior</source>
        <translation>Prior nutzen</translation>
    </message>
    <message>
        <source>On: the prior composes codes. Off: a walk among the model&apos;s own sounds.</source>
        <translation>An: Der Prior komponiert Codes. Aus: ein Gang durch die Klänge des Modells.</translation>
    </message>
    <message>
        <source>0 always takes the likeliest code, above 1 dares more; usually 1.</source>
        <translation>0 nimmt immer den wahrscheinlichsten Code, über 1 wagt mehr; meist 1.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Draws from so many likeliest codes only; usually from all.</source>
        <translation>Zieht nur aus so vielen wahrscheinlichsten Codes; meist aus allen.</translation>
    </message>
    <message>
        <source>Draws from the likeliest codes that together hold this share; usually 1: all.</source>
        <translation>Zieht aus den wahrscheinlichsten Codes, die zusammen diesen Anteil haben; meist 1: alle.</translation>
    </message>
    <message>
        <source>How closely it keeps to the kind of sound it has begun: 0 not at all, usually 1, more is stricter.</source>
        <translation>Wie eng er bei der begonnenen Klangart bleibt: 0 gar nicht, meist 1, mehr ist strenger.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Guidance</translation>
    </message>
    <message>
        <source>Continue a sound</source>
        <translation>Klang fortsetzen</translation>
    </message>
    <message>
        <source>It walks among the model&apos;s own sounds; with the prior it composes new ones.</source>
        <translation>Es geht durch die Klänge des Modells; mit dem Prior komponiert es neue.</translation>
    </message>
    <message>
        <source>To set temperature, continue sounds and sort by novelty, train the prior of this model on the Train page.</source>
        <translation>Für Temperatur, Fortsetzen und Sortieren nach Neuheit auf der Seite „Trainieren“ den Prior dieses Modells trainieren.</translation>
    </message>
    <message>
        <source>To set temperature, continue sounds and sort by novelty, train a model of the kind Codes (RVQ), then its prior.</source>
        <translation>Für Temperatur, Fortsetzen und Sortieren nach Neuheit ein Modell der Art Codes (RVQ) trainieren, dann seinen Prior.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::PriorPanel</name>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Budget of the prior</source>
        <translation>Zeitbudget des Priors</translation>
    </message>
    <message>
        <source>How long the prior may learn, at most</source>
        <translation>Wie lange der Prior höchstens lernen darf</translation>
    </message>
    <message>
        <source>The most time it takes; it stops by itself when unheard sounds are no longer foreseen better.</source>
        <translation>Die längste Zeit, die er braucht; er hört von selbst auf, wenn ungehörte Klänge nicht mehr besser vorhergesehen werden.</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Groß</translation>
    </message>
    <message>
        <source>6 layers of 256 instead of 4 of 128: for a graphics card or a night</source>
        <translation>6 Schichten zu 256 statt 4 zu 128: für eine Grafikkarte oder eine Nacht</translation>
    </message>
    <message>
        <source>A larger prior takes several times as long to learn and to compose; it pays with much sound.</source>
        <translation>Ein größerer Prior braucht ein Mehrfaches an Zeit zum Lernen und Komponieren; er lohnt sich bei viel Klang.</translation>
    </message>
    <message>
        <source>Teaches the model how its codes follow one another. The result lies in the model&apos;s own file.</source>
        <translation>Bringt dem Modell bei, wie seine Codes aufeinander folgen. Das Ergebnis liegt in der Datei des Modells selbst.</translation>
    </message>
    <message>
        <source>Train it anew</source>
        <translation>Neu trainieren</translation>
    </message>
    <message>
        <source>Train the prior</source>
        <translation>Prior trainieren</translation>
    </message>
    <message>
        <source>“%1” has no prior yet</source>
        <translation>„%1“ hat noch keinen Prior</translation>
    </message>
    <message>
        <source>A prior lets it compose and continue sounds. It learns from the %1 that the model was trained on, at most %2.</source>
        <translation>Mit einem Prior kann es komponieren und Klänge fortsetzen. Grundlage ist, womit das Modell trainiert wurde: %1, höchstens %2.</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source>A prior lets it compose and continue sounds. Add the sounds it was trained on, “%1”, to the library first.</source>
        <translation>Mit einem Prior kann es komponieren und Klänge fortsetzen. Erst die Klänge, mit denen es trainiert wurde, „%1“, der Bibliothek hinzufügen.</translation>
    </message>
    <message>
        <source>A prior lets it compose and continue sounds. It learns from “%1”, at most %2.</source>
        <translation>Mit einem Prior kann es komponieren und Klänge fortsetzen. Er lernt aus „%1“, höchstens %2.</translation>
    </message>
    <message>
        <source>“%1” has a prior</source>
        <translation>„%1“ hat einen Prior</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Unheard sounds surprise it by %1 nats a code (less is better) · %2</source>
        <translation>Ungehörte Klänge überraschen ihn um %1 Nats je Code (weniger ist besser) · %2</translation>
    </message>
    <message>
        <source>No sound was held out to measure it by · %1</source>
        <translation>Kein Klang wurde zurückgelegt, um ihn daran zu messen · %1</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::ProfileRow</name>
    <message>
        <source>Export profile</source>
        <translation>Exportprofil</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Sichern als…</translation>
    </message>
    <message>
        <source>Save these settings as a profile</source>
        <translation>Diese Einstellungen als Profil sichern</translation>
    </message>
    <message>
        <source>⋯</source>
        <translation>⋯</translation>
    </message>
    <message>
        <source>More for this profile</source>
        <translation>Mehr zu diesem Profil</translation>
    </message>
    <message>
        <source>Replace, rename or delete it, or drag takes out with it</source>
        <translation>Ersetzen, umbenennen, löschen oder Takes damit herausziehen</translation>
    </message>
    <message>
        <source>Save as a profile</source>
        <translation>Als Profil sichern</translation>
    </message>
    <message>
        <source>None: as set below</source>
        <translation>Keines: wie unten eingestellt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The profile “%1” is saved.</source>
        <translation>Das Profil „%1“ ist gesichert.</translation>
    </message>
    <message>
        <source>The profile “%1” was deleted.</source>
        <translation>Das Profil „%1“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Replace with what is set below</source>
        <translation>Durch das unten Eingestellte ersetzen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Rename the profile</source>
        <translation>Profil umbenennen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Drag takes out with this profile</source>
        <translation>Takes mit diesem Profil herausziehen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::RecipeForm</name>
    <message>
        <source>Which model makes the sound.</source>
        <translation>Welches Modell den Klang macht.</translation>
    </message>
    <message>
        <source>The same seed and settings give the same sound, sample for sample.</source>
        <translation>Derselbe Seed und dieselben Einstellungen ergeben denselben Klang, Sample für Sample.</translation>
    </message>
    <message>
        <source>Dice: another seed</source>
        <translation>Würfeln: anderer Seed</translation>
    </message>
    <message>
        <source>Copy the seed</source>
        <translation>Seed kopieren</translation>
    </message>
    <message>
        <source>Puts the seed on the clipboard.</source>
        <translation>Legt den Seed in die Zwischenablage.</translation>
    </message>
    <message>
        <source>Keep the seed</source>
        <translation>Seed behalten</translation>
    </message>
    <message>
        <source>Off, each take has the next seed; on, you hear what the other settings change.</source>
        <translation>Aus: Jeder Take hat den nächsten Seed. An: zu hören ist, was die anderen Einstellungen ändern.</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>How long the sound will be; any length.</source>
        <translation>Wie lang der Klang wird; jede Länge.</translation>
    </message>
    <message>
        <source>Mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>Stereo</source>
        <translation>Stereo</translation>
    </message>
    <message>
        <source>Binaural</source>
        <translation>Binaural</translation>
    </message>
    <message>
        <source>One channel, two with a width, or two ears and a place around them.</source>
        <translation>Ein Kanal, zwei mit einer Breite, oder zwei Ohren und ein Ort um sie herum.</translation>
    </message>
    <message>
        <source>Stereo width</source>
        <translation>Stereobreite</translation>
    </message>
    <message>
        <source>Stereo width, 0 to 1.5</source>
        <translation>Stereobreite, 0 bis 1,5</translation>
    </message>
    <message>
        <source>0 is mono, 1 as wide as it comes, 1.5 wider.</source>
        <translation>0 ist mono, 1 so breit, wie er kommt, 1,5 breiter.</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>Variation</translation>
    </message>
    <message>
        <source>How far it leaves what it heard: 0 stays close, 2 goes far.</source>
        <translation>Wie weit es sich vom Gehörten entfernt: 0 bleibt nah, 2 geht weit.</translation>
    </message>
    <message>
        <source>Variation, as a number</source>
        <translation>Variation, als Zahl</translation>
    </message>
    <message>
        <source>Help on the sliders</source>
        <translation>Hilfe zu den Reglern</translation>
    </message>
    <message>
        <source>What the sliders, presets and blends do.</source>
        <translation>Was Regler, Presets und Mischungen bewirken.</translation>
    </message>
    <message>
        <source>How many takes, from this seed and those that follow; the most novel comes first.</source>
        <translation>Wie viele Takes, aus diesem Seed und den folgenden; der neuartigste kommt zuerst.</translation>
    </message>
    <message>
        <source>Takes at once</source>
        <translation>Takes auf einmal</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Generate four</source>
        <translation>Vier erzeugen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Seed %1 copied.</source>
        <translation>Seed %1 kopiert.</translation>
    </message>
    <message>
        <source>Generate %1</source>
        <translation>%1 erzeugen</translation>
    </message>
    <message>
        <source>The model “%1” of this recipe is no longer in the library.</source>
        <translation>Das Modell „%1“ dieses Rezepts ist nicht mehr in der Bibliothek.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::RecordingBridge</name>
    <message>
        <source>Recording %1</source>
        <translation>Aufnahme %1</translation>
    </message>
    <message>
        <source>Nothing was recorded: the input gave no sound yet.</source>
        <translation>Nichts wurde aufgenommen: Der Eingang gab noch keinen Klang.</translation>
    </message>
    <message>
        <source>The disk was too slow for a moment: %1 s of the recording are silence.</source>
        <translation>Das Laufwerk war einen Augenblick zu langsam: %1 s der Aufnahme sind Stille.</translation>
    </message>
    <message>
        <source>The recording that was going on when the studio ended was kept.</source>
        <translation>Die Aufnahme, die lief, als das Studio endete, blieb erhalten.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::RecordingWiring</name>
    <message>
        <source>Audio settings</source>
        <translation>Audio-Einstellungen</translation>
    </message>
    <message>
        <source>Recorded: %1</source>
        <translation>Aufgenommen: %1</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::SeedField</name>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::ShapePanel</name>
    <message>
        <source>%1 Drag, Shift for fine, double-click to let go; the diamond is where the take came to.</source>
        <translation>%1 Ziehen, mit Umschalt fein, Doppelklick lässt los; die Raute zeigt, wo der Take hinkam.</translation>
    </message>
    <message>
        <source>%1, as a number</source>
        <translation>%1, als Zahl</translation>
    </message>
    <message>
        <source>0 is little, 1 is much among the sounds of the collection; empty leaves it as it comes.</source>
        <translation>0 ist wenig, 1 ist viel unter den Klängen der Sammlung; leer bleibt es, wie es kommt.</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 sperren</translation>
    </message>
    <message>
        <source>Dice leave a locked slider where it is.</source>
        <translation>Beim Würfeln bleibt ein gesperrter Regler, wo er ist.</translation>
    </message>
    <message>
        <source>SHAPE</source>
        <translation>FORMEN</translation>
    </message>
    <message>
        <source>What model and tools did</source>
        <translation>Was Modell und Werkzeuge taten</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>While a take plays, moving a slider changes it as you hear it.</source>
        <translation>Während ein Take spielt, ändert ihn ein Regler sofort hörbar.</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>What the model cannot do by itself, tools on the sound do; off, you hear the model alone.</source>
        <translation>Was das Modell allein nicht kann, tun Werkzeuge am Klang; aus: nur das Modell ist zu hören.</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Würfeln</translation>
    </message>
    <message>
        <source>How far dice move the sliders, in percent</source>
        <translation>Wie weit Würfeln die Regler bewegt, in Prozent</translation>
    </message>
    <message>
        <source>How far dice move the sliders that are set and not locked; at the left end, the seed alone.</source>
        <translation>Wie weit Würfeln die gesetzten, nicht gesperrten Regler bewegt; ganz links nur der Seed.</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Loslassen</translation>
    </message>
    <message>
        <source>Lets go of all sliders: the sound as it comes.</source>
        <translation>Lässt alle Regler los: der Klang, wie er kommt.</translation>
    </message>
    <message>
        <source>model %1 % · tools %2 %</source>
        <translation>Modell %1 % · Werkzeuge %2 %</translation>
    </message>
    <message>
        <source>the slider %1</source>
        <translation>Regler „%1“</translation>
    </message>
    <message>
        <source>letting go of the sliders</source>
        <translation>Regler loslassen</translation>
    </message>
    <message>
        <source>As it comes</source>
        <translation>Wie er kommt</translation>
    </message>
    <message>
        <source>Little: %1</source>
        <translation>Wenig: %1</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Much: %1</source>
        <translation>Viel: %1</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::Shortcuts</name>
    <message>
        <source>%1 is taken by “%2”. Choose other keys, or change that one first.</source>
        <translation>%1 gehört schon zu „%2“. Andere Tasten wählen oder erst jene ändern.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::ShortcutsDialog</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Search the shortcuts</source>
        <translation>Tastenkürzel durchsuchen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>New keys for the chosen action</source>
        <translation>Neue Tasten für die gewählte Aktion</translation>
    </message>
    <message>
        <source>Choose an action, click into the field and press the keys it shall have.</source>
        <translation>Eine Aktion wählen, ins Feld klicken und die Tasten drücken, die sie haben soll.</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Set these keys</source>
        <translation>Diese Tasten setzen</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset the keys of the chosen action</source>
        <translation>Tasten der gewählten Aktion zurücksetzen</translation>
    </message>
    <message>
        <source>Gives the chosen action the keys it came with.</source>
        <translation>Gibt der gewählten Aktion die Tasten, mit denen sie kam.</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Choose an action first.</source>
        <translation>Erst eine Aktion wählen.</translation>
    </message>
    <message>
        <source>Set.</source>
        <translation>Gesetzt.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::SoundField</name>
    <message>
        <source>A sound the take begins with and goes on from</source>
        <translation>Ein Klang, mit dem der Take beginnt und den er fortsetzt</translation>
    </message>
    <message>
        <source>Choose a take or a sound of the collection, or drop a file here; the take goes on from it.</source>
        <translation>Einen Take oder einen Klang der Sammlung wählen oder eine Datei hier ablegen; der Take setzt ihn fort.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Continue: %1</source>
        <translation>Fortsetzen: %1</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>A take</source>
        <translation>Ein Take</translation>
    </message>
    <message>
        <source>A sound of “%1”</source>
        <translation>Ein Klang von „%1“</translation>
    </message>
    <message>
        <source>A file…</source>
        <translation>Eine Datei…</translation>
    </message>
    <message>
        <source>A sound to continue</source>
        <translation>Klang zum Fortsetzen</translation>
    </message>
    <message>
        <source>Sounds (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3)</source>
        <translation>Klänge (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::SoundView</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>The sound you choose is shown here.</source>
        <translation>Der gewählte Klang erscheint hier.</translation>
    </message>
    <message>
        <source>Click sets the playhead, drag marks a part, the wheel zooms, drag on the ruler sets the loop.</source>
        <translation>Klick setzt den Abspielkopf, Ziehen markiert einen Teil, das Mausrad zoomt, Ziehen auf dem Lineal setzt den Loop.</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Show the spectrogram</source>
        <translation>Spektrogramm zeigen</translation>
    </message>
    <message>
        <source>Which frequencies sound when, below the waveform.</source>
        <translation>Welche Frequenzen wann klingen, unter der Wellenform.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::StatusLine</name>
    <message>
        <source>What is being done; click for all of it.</source>
        <translation>Was gerade getan wird; Klick zeigt alles.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>Auftrag abbrechen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stops this job. A training keeps what it has learned.</source>
        <translation>Bricht diesen Auftrag ab. Ein Training behält, was es gelernt hat.</translation>
    </message>
    <message>
        <source>Times the sound broke off because the computer was too busy.</source>
        <translation>Wie oft der Klang abriss, weil der Rechner zu beschäftigt war.</translation>
    </message>
    <message>
        <source>What listens to controllers; click for what moves what.</source>
        <translation>Was auf Controller hört; Klick zeigt, was was bewegt.</translation>
    </message>
    <message>
        <source>Drop sounds anywhere · drag a take out of the window to use it elsewhere</source>
        <translation>Klänge irgendwo ablegen · einen Take aus dem Fenster ziehen, um ihn anderswo zu nutzen</translation>
    </message>
    <message>
        <source> · %1 more</source>
        <translation> · %1 weitere</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>MIDI input</source>
        <translation>MIDI-Eingang</translation>
    </message>
    <message>
        <source>MIDI inputs</source>
        <translation>MIDI-Eingänge</translation>
    </message>
    <message>
        <source>OSC %1</source>
        <translation>OSC %1</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>Controller</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>Aussetzer</translation>
    </message>
    <message>
        <source>dropouts</source>
        <translation>Aussetzer</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::TakeComparison</name>
    <message>
        <source>Choose two takes, one after the other, to compare them.</source>
        <translation>Zwei Takes nacheinander wählen, um sie zu vergleichen.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::TakeDrag</name>
    <message>
        <source>The take was written after the button was let go. Hold it a little longer.</source>
        <translation>Der Take wurde erst geschrieben, als die Taste schon losgelassen war. Etwas länger halten.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::TakeStrip</name>
    <message>
        <source>A take is being made</source>
        <translation>Ein Take entsteht</translation>
    </message>
    <message>
        <source>Making…</source>
        <translation>Entsteht…</translation>
    </message>
    <message>
        <source>%1 · seed %2</source>
        <translation>%1 · Seed %2</translation>
    </message>
    <message>
        <source>%1 · of %2</source>
        <translation>%1 · aus %2</translation>
    </message>
    <message>
        <source>%1 · novelty %2</source>
        <translation>%1 · Neuheit %2</translation>
    </message>
    <message>
        <source>Rename take</source>
        <translation>Take umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Tags…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Edit its codes</source>
        <translation>Codes bearbeiten</translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation>Rezept nutzen</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche finden</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Put on the cube</source>
        <translation>Auf den Würfel setzen</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::TakesPanel</name>
    <message>
        <source>TAKES</source>
        <translation>TAKES</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Starred takes only</source>
        <translation>Nur Takes mit Stern</translation>
    </message>
    <message>
        <source>Shows only the takes you have starred; the others stay.</source>
        <translation>Zeigt nur die Takes mit Stern; die anderen bleiben.</translation>
    </message>
    <message>
        <source>%1 of %2 starred</source>
        <translation>%1 von %2 mit Stern</translation>
    </message>
    <message>
        <source>Every sound you generate is kept here.</source>
        <translation>Jeder erzeugte Klang bleibt hier.</translation>
    </message>
    <message>
        <source>No take is starred yet: press the star of one you want to keep.</source>
        <translation>Noch kein Take hat einen Stern: den Stern dessen drücken, der bleiben soll.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::TopBar</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Menu: everything the studio can do</source>
        <translation>Menü: alles, was das Studio kann</translation>
    </message>
    <message>
        <source>Everything the studio can do, with its keys.</source>
        <translation>Alles, was das Studio kann, mit seinen Tasten.</translation>
    </message>
    <message>
        <source>Smidgen</source>
        <translation>Smidgen</translation>
    </message>
    <message>
        <source>Playhead</source>
        <translation>Abspielkopf</translation>
    </message>
    <message>
        <source>Output level</source>
        <translation>Ausgangspegel</translation>
    </message>
    <message>
        <source>Level of left and right, and loudness over the last 400 ms.</source>
        <translation>Pegel links und rechts und Lautheit der letzten 400 ms.</translation>
    </message>
    <message>
        <source>Nothing is loaded: choose a take or a sound first.</source>
        <translation>Nichts geladen: erst einen Take oder einen Klang wählen.</translation>
    </message>
    <message>
        <source>marked %1 s</source>
        <translation>%1 s markiert</translation>
    </message>
    <message>
        <source>%1 · %2 · %3 · %4 ms</source>
        <translation>%1 · %2 · %3 · %4 ms</translation>
    </message>
    <message>
        <source>No audio device</source>
        <translation>Kein Audiogerät</translation>
    </message>
    <message>
        <source>Audio settings: %1</source>
        <translation>Audio-Einstellungen: %1</translation>
    </message>
    <message>
        <source>recording from %1</source>
        <translation>Aufnahme von %1</translation>
    </message>
    <message>
        <source>Recorded so far</source>
        <translation>Bisher aufgenommen</translation>
    </message>
    <message>
        <source>Input level</source>
        <translation>Eingangspegel</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::TrainPage</name>
    <message>
        <source>Sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source>What is trained on: every file with its verdict.</source>
        <translation>Womit trainiert wird: jede Datei mit ihrer Bewertung.</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>The training that runs, or the last one: curve and previews.</source>
        <translation>Das laufende Training oder das letzte: Kurve und Hörproben.</translation>
    </message>
    <message>
        <source>Drop your sounds here</source>
        <translation>Klänge hier ablegen</translation>
    </message>
    <message>
        <source>Five to five hundred recordings of anything: WAV, AIFF, FLAC, Ogg, Opus or MP3. They stay where they are. Smidgen learns from them and makes new sounds in their spirit.</source>
        <translation>Fünf bis fünfhundert Aufnahmen von irgendetwas: WAV, AIFF, FLAC, Ogg, Opus oder MP3. Sie bleiben, wo sie sind. Smidgen lernt aus ihnen und macht neue Klänge in ihrem Geist.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Add sound files…</source>
        <translation>Klangdateien hinzufügen…</translation>
    </message>
    <message>
        <source>Use the demo collection</source>
        <translation>Demo-Sammlung verwenden</translation>
    </message>
    <message>
        <source>Drums, bells, pads and noises that came with this system.</source>
        <translation>Trommeln, Glocken, Flächen und Geräusche, die mit diesem System kamen.</translation>
    </message>
    <message>
        <source>Progress of reading the sounds</source>
        <translation>Fortschritt beim Lesen der Klänge</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stops reading; the library stays as it was.</source>
        <translation>Beendet das Lesen; die Bibliothek bleibt, wie sie war.</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::TrainingSettings</name>
    <message>
        <source>as the collection</source>
        <translation>wie die Sammlung</translation>
    </message>
    <message>
        <source>What the model will be called; empty: like the collection.</source>
        <translation>Wie das Modell heißen wird; leer: wie die Sammlung.</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>A first impression within three minutes of computing.</source>
        <translation>Ein erster Eindruck binnen drei Minuten Rechenzeit.</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>The usual choice on a computer without a graphics card.</source>
        <translation>Die übliche Wahl auf einem Rechner ohne Grafikkarte.</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>The best it can do; meant for a graphics card or a night.</source>
        <translation>Das Beste, was es kann; gedacht für eine Grafikkarte oder eine Nacht.</translation>
    </message>
    <message>
        <source>Mode: %1</source>
        <translation>Modus: %1</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>as the mode</source>
        <translation>wie der Modus</translation>
    </message>
    <message>
        <source>How long it may learn; zero leaves it to the mode.</source>
        <translation>Wie lange es lernen darf; null überlässt es dem Modus.</translation>
    </message>
    <message>
        <source>The same seed, sounds and settings give the same model.</source>
        <translation>Derselbe Seed, dieselben Klänge und Einstellungen ergeben dasselbe Modell.</translation>
    </message>
    <message>
        <source>Stop when nothing is gained any more</source>
        <translation>Aufhören, wenn nichts mehr gewonnen wird</translation>
    </message>
    <message>
        <source>Ends the training early when the held-out sounds no longer improve.</source>
        <translation>Beendet das Training früher, wenn die Testklänge nicht mehr besser werden.</translation>
    </message>
    <message>
        <source>Train anyway</source>
        <translation>Trotzdem trainieren</translation>
    </message>
    <message>
        <source>With fewer than five sounds a model mostly repeats what it heard.</source>
        <translation>Mit weniger als fünf Klängen wiederholt ein Modell meist, was es gehört hat.</translation>
    </message>
    <message>
        <source>With starred takes</source>
        <translation>Mit Stern-Takes</translation>
    </message>
    <message>
        <source>Learns from the takes you starred, too, besides the collection.</source>
        <translation>Lernt neben der Sammlung auch aus den Takes mit Stern.</translation>
    </message>
    <message>
        <source>Resume the interrupted one</source>
        <translation>Unterbrochenes fortsetzen</translation>
    </message>
    <message>
        <source>Goes on where the last training of this collection was interrupted.</source>
        <translation>Macht dort weiter, wo das letzte Training dieser Sammlung unterbrochen wurde.</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Model name</source>
        <translation>Modellname</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Zeitbudget</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Measuring how long it will take on this machine…</source>
        <translation>Misst, wie lange es auf diesem Rechner dauert…</translation>
    </message>
    <message>
        <source>A training is running. This one can begin when it has ended.</source>
        <translation>Ein Training läuft. Dieses kann beginnen, wenn es beendet ist.</translation>
    </message>
    <message>
        <source>No file of this collection can be used; the table says why for each.</source>
        <translation>Keine Datei dieser Sammlung ist brauchbar; die Tabelle sagt für jede, warum.</translation>
    </message>
    <message>
        <source>Only %1 can be used; training wants at least %2. Add more sounds, or train anyway.</source>
        <translation>Nur %1 brauchbar; zum Trainieren braucht es mindestens %2. Mehr Klänge hinzufügen oder trotzdem trainieren.</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>Klänge</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::TrainingView</name>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Hier beenden</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Goes to the Generate page with this model, as good as it is now.</source>
        <translation>Öffnet die Seite „Erzeugen“ mit diesem Modell, so gut, wie es jetzt ist.</translation>
    </message>
    <message>
        <source>Learning curve</source>
        <translation>Lernkurve</translation>
    </message>
    <message>
        <source>How far off it is: thin for the sounds it learns, strong for held-out ones.</source>
        <translation>Wie weit es danebenliegt: dünn für die Klänge, die es lernt, kräftig für die Testklänge.</translation>
    </message>
    <message>
        <source>Sounds it has never heard</source>
        <translation>Klänge, die es nie gehört hat</translation>
    </message>
    <message>
        <source>How much the next code surprises it</source>
        <translation>Wie sehr der nächste Code ihn überrascht</translation>
    </message>
    <message>
        <source>How far off it is</source>
        <translation>Wie weit es danebenliegt</translation>
    </message>
    <message>
        <source>nats per code (lower is better)</source>
        <translation>Nats je Code (weniger ist besser)</translation>
    </message>
    <message>
        <source>mel error (log10, lower is better)</source>
        <translation>Mel-Fehler (log10, weniger ist besser)</translation>
    </message>
    <message>
        <source>Ends the training; the best prior so far stays in the model.</source>
        <translation>Beendet das Training; der bisher beste Prior bleibt im Modell.</translation>
    </message>
    <message>
        <source>Ends the training; what it has learned so far is kept as a model.</source>
        <translation>Beendet das Training; was es bisher gelernt hat, bleibt als Modell.</translation>
    </message>
    <message>
        <source>Prior: %1</source>
        <translation>Prior: %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try it now</source>
        <translation>Jetzt ausprobieren</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>%1 steps a second</source>
        <translation>%1 Schritte pro Sekunde</translation>
    </message>
</context>
<context>
    <name>smidgen::ui::VersionPair</name>
    <message>
        <source>Changed on both sides:</source>
        <translation>Auf beiden Seiten geändert:</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Belassen</translation>
    </message>
    <message>
        <source>Nothing happens to it for now.</source>
        <translation>Vorerst geschieht nichts.</translation>
    </message>
    <message>
        <source>Keep ours</source>
        <translation>Hiesiges</translation>
    </message>
    <message>
        <source>Ours stays as it is, and theirs is not asked about again until it changes.</source>
        <translation>Das Hiesige bleibt, und nach dem Dortigen wird nicht mehr gefragt, bis es sich ändert.</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Dortiges</translation>
    </message>
    <message>
        <source>Theirs takes the place of ours. Ours stays as an earlier state; where the content is another, as an item of its own.</source>
        <translation>Das Dortige tritt an die Stelle des Hiesigen. Das Hiesige bleibt als früherer Stand; bei anderem Inhalt als eigener Eintrag.</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Ours stays, and theirs comes beside it as an item of its own.</source>
        <translation>Das Hiesige bleibt, und das Dortige kommt als eigener Eintrag daneben.</translation>
    </message>
    <message>
        <source>The same for all</source>
        <translation>Für alle</translation>
    </message>
    <message>
        <source>Chooses this for everything that changed on both sides.</source>
        <translation>Wählt dies für alles, was auf beiden Seiten geändert wurde.</translation>
    </message>
    <message>
        <source>Waveform there</source>
        <translation>Wellenform dort</translation>
    </message>
    <message>
        <source>Waveform here</source>
        <translation>Wellenform hier</translation>
    </message>
    <message>
        <source>There: nothing</source>
        <translation>Dort: nichts</translation>
    </message>
    <message>
        <source>Here: nothing</source>
        <translation>Hier: nichts</translation>
    </message>
    <message>
        <source>There: %1</source>
        <translation>Dort: %1</translation>
    </message>
    <message>
        <source>Here: %1</source>
        <translation>Hier: %1</translation>
    </message>
    <message>
        <source>Waveform, %1</source>
        <translation>Wellenform, %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Hear theirs</source>
        <translation>Dort anhören</translation>
    </message>
    <message>
        <source>Hear ours</source>
        <translation>Hier anhören</translation>
    </message>
    <message>
        <source>Plays what the other library has.</source>
        <translation>Spielt, was die andere Bibliothek hat.</translation>
    </message>
    <message>
        <source>Plays what this library has, at the same place.</source>
        <translation>Spielt, was diese Bibliothek hat, an derselben Stelle.</translation>
    </message>
    <message>
        <source>Making it …</source>
        <translation>Wird erzeugt…</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>Klänge</translation>
    </message>
</context>
</TS>
